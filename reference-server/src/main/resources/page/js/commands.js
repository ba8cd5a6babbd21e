// The commands panel: a form that sends one, and what became of those that were sent.
import {h, field, select, text} from './dom.js';
import {createJsonForm, createSchemaForm, InvalidField, isSimple} from './schema-form.js';
import {createExecution} from './execution.js';
import {robotPath} from './api.js';
import {words} from './format.js';

const SHOWN = 50;
const OTHER = '\u0000other';

export function createCommands(robot, fleet) {
  const {api, store, toasts} = fleet;
  const scope = store.scope();
  const cards = new Map();
  const list = h('div', {class: 'stack'});
  const empty = h('p', {class: 'soft'}, 'Loading…');
  const form = fleet.canWrite ? createForm(robot, send) : null;
  const element = h(
    'div',
    {},
    form
      ? h('section', {class: 'block', 'aria-labelledby': 'send-title'}, h('h3', {id: 'send-title'}, 'Send a command'), form.element)
      : null,
    h('section', {class: 'stack', 'aria-labelledby': 'sent-title'}, h('h3', {id: 'sent-title'}, 'Commands sent'), empty, list),
  );

  async function send(request) {
    const {commandId} = await api.post(robotPath(robot.id, '/commands'), request);
    show(await api.get(robotPath(robot.id, `/commands/${encodeURIComponent(commandId)}`)));
    cards.get(commandId)?.element.scrollIntoView({block: 'nearest'});
  }

  async function cancel(execution) {
    try {
      await api.delete(robotPath(robot.id, `/commands/${encodeURIComponent(execution.commandId)}`));
      toasts.tell('Cancel requested', `The robot was asked to stop ${execution.commandType}.`);
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  /** Takes the newer of what is shown and what has come. */
  function show(execution) {
    const card = cards.get(execution.commandId);
    if (card) card.update(execution);
    else place(execution);
    empty.hidden = cards.size > 0;
    text(empty, 'None yet.');
  }

  function place(execution) {
    const card = createExecution(execution, fleet, cancel);
    cards.set(execution.commandId, card);
    const older = [...cards.values()]
      .filter(other => other !== card && other.requestedAt <= card.requestedAt)
      .sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1))[0];
    list.insertBefore(card.element, older?.element ?? null);
  }

  async function load() {
    try {
      const executions = await api.get(robotPath(robot.id, `/commands?limit=${SHOWN}`));
      executions.forEach(show);
      empty.hidden = cards.size > 0;
      text(empty, 'None yet.');
    } catch (problem) {
      text(empty, 'The commands could not be loaded.');
      toasts.fail(problem);
    }
  }

  scope.on('command', execution => {
    if (execution.robotId === robot.id) show(execution);
  });
  scope.on('tick', () => cards.forEach(card => card.tick(store.now())));
  scope.on('resync', load);
  load();

  return {element, end: () => scope.close()};
}

function createForm(robot, send) {
  const offered = robot.dto.capability?.commands ?? [];
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
  const element = h(
    'form',
    {class: 'stack card', novalidate: true, 'data-form': 'command', onsubmit: submit},
    field('Command', type),
    other,
    about,
    place,
    h(
      'details',
      {class: 'more'},
      h('summary', {}, 'Options'),
      h(
        'div',
        {class: 'stack'},
        h('div', {class: 'fields'}, field('Priority', priority), field('Time to live', minutes, {hint: 'minutes until it expires'})),
        field('Enter parameters as JSON', raw),
      ),
    ),
    fault,
    h('div', {class: 'row end'}, button),
  );
  let parameters = null;

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
    try {
      if ((!other.hidden && !otherType.reportValidity()) || !minutes.reportValidity()) return;
      const request = {
        commandType: other.hidden ? type.value : otherType.value,
        payload: parameters.read(),
        priority: priority.value,
        timeToLiveSeconds: Math.round(Number(minutes.value) * 60),
      };
      button.disabled = true;
      await send(request);
    } catch (problem) {
      if (!(problem instanceof InvalidField))
        fault.textContent =
          [problem.title, problem.detail, ...(problem.faults ?? []).map(f => `${f.field} ${f.rule}`)].filter(Boolean).join('. ') ||
          String(problem);
    } finally {
      button.disabled = false;
    }
  }

  chosen();
  return {element};
}
