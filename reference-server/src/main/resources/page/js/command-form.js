// The form that sends a command: its fields follow the schema the robot has given for the command's parameters.
import {h, field, select, text} from './dom.js';
import {createJsonForm, createSchemaForm, InvalidField, isSimple} from './schema-form.js';
import {newId} from './api.js';
import {words} from './format.js';

const OTHER = '';

/** @param send sends a request; fails with a Problem */
export function createCommandForm(offered, send) {
  const type = select([...offered.map(command => [command.type, command.type]), [OTHER, 'Another type…']], offered[0]?.type ?? OTHER, {
    'data-role': 'command-type',
    onchange: chosen,
  });
  const otherType = h('input', {
    type: 'text',
    pattern: '[A-Za-z0-9][A-Za-z0-9_\\-]{0,63}',
    required: true,
    autocomplete: 'off',
    placeholder: 'identify',
  });
  const other = field('Type', otherType, {hint: 'Letters, digits, _ and -'});
  const about = h('p', {class: 'soft'});
  const place = h('div', {class: 'stack'});
  const raw = h('input', {type: 'checkbox', onchange: chosen});
  const priority = select(
    ['CRITICAL', 'HIGH', 'NORMAL', 'LOW'].map(p => [p, words(p)]),
    'NORMAL',
  );
  const minutes = h('input', {type: 'number', min: '0.1', max: '1440', step: 'any', value: '10', required: true});
  const fault = h('p', {class: 'fault', role: 'alert'});
  const button = h('button', {class: 'button primary', type: 'submit'}, 'Send command');
  const options = h(
    'details',
    {class: 'more'},
    h('summary', {}, 'Options'),
    h(
      'div',
      {class: 'stack'},
      h('div', {class: 'fields'}, field('Priority', priority), field('Time to live', minutes, {hint: 'minutes until it expires'})),
      field('Enter parameters as JSON', raw),
    ),
  );
  const element = h(
    'form',
    {class: 'stack card', novalidate: true, 'data-form': 'command', onsubmit: submit},
    field('Command', type),
    other,
    about,
    place,
    options,
    fault,
    h('div', {class: 'row end'}, button),
  );
  let parameters = null;
  let unsure = null;

  function chosen() {
    const command = offered.find(({type: name}) => name === type.value);
    other.hidden = Boolean(command);
    text(about, command?.description ?? (offered.length === 0 ? 'This robot has not said yet what it can do; “identify” asks it to.' : ''));
    about.hidden = !about.textContent;
    const schema = command?.parameters;
    const takesNone =
      schema &&
      Object.keys(schema).length > 0 &&
      !isSimple(schema) &&
      Object.keys(schema.properties ?? {}).length === 0 &&
      schema.type === 'object';
    raw.disabled = !isSimple(schema);
    parameters =
      !raw.checked && isSimple(schema)
        ? createSchemaForm(schema)
        : takesNone && !raw.checked
          ? {element: h('p', {class: 'soft'}, 'It takes no parameters.'), read: () => ({})}
          : createJsonForm({}, 'Parameters (JSON)');
    place.replaceChildren(parameters.element);
    fault.textContent = '';
  }

  async function submit(event) {
    event.preventDefault();
    fault.textContent = '';
    options.open ||= !minutes.validity.valid;
    if ((!other.hidden && !otherType.reportValidity()) || !minutes.reportValidity()) return;
    try {
      const request = {
        commandType: other.hidden ? type.value : otherType.value,
        payload: parameters.read(),
        priority: priority.value,
        timeToLiveSeconds: Math.round(Number(minutes.value) * 60),
      };
      button.disabled = true;
      await sendOnce(request);
    } catch (problem) {
      if (!(problem instanceof InvalidField)) fault.textContent = sentence(problem);
    } finally {
      button.disabled = false;
    }
  }

  /** The same content sent again after an unknown outcome keeps its id, and so is carried out once. */
  async function sendOnce(request) {
    const content = JSON.stringify(request);
    const commandId = unsure?.content === content ? unsure.commandId : newId();
    unsure = {content, commandId};
    try {
      await send({...request, commandId});
      unsure = null;
    } catch (problem) {
      if (!isUnknown(problem)) unsure = null;
      throw problem;
    }
  }

  chosen();
  return {element};
}

const isUnknown = problem => problem.status === 0 || problem.status >= 500;

function sentence(problem) {
  const faults = (problem.faults ?? []).map(({field: name, rule}) => `${name} ${rule}.`);
  const advice = isUnknown(problem) ? 'Whether it was sent is unknown; sending it again does not carry it out twice.' : '';
  return [problem.title ? `${problem.title}.` : String(problem), problem.detail, ...faults, advice].filter(Boolean).join(' ');
}
