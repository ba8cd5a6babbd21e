// The form that submits a job.
import {h, field, select} from './dom.js';
import {createFaults, readJson} from './form-faults.js';
import {jobLink} from './job-store.js';
import {PRIORITIES} from './job-states.js';
import {isoSeconds} from './job-times.js';
import {panelBody, panelHead} from './panel.js';
import {createQueueSelect} from './queue-select.js';
import {newId} from './api.js';
import {words} from './format.js';

const TOKEN = '[A-Za-z0-9][A-Za-z0-9_\\-]{0,63}';
const UNITS = {s: 1, min: 60, h: 3_600, d: 86_400};

export function createSubmitPanel(jobs) {
  const {api, store, close} = jobs;
  const token = {type: 'text', pattern: TOKEN, autocomplete: 'off', spellcheck: 'false'};
  const scope = store.scope();
  const queue = createQueueSelect(store, scope, store.filter.queue);
  const types = h('datalist', {id: 'submit-types'});
  const type = h('input', {...token, required: true, list: 'submit-types'});
  const input = h('textarea', {class: 'json', spellcheck: 'false', value: '{}'});
  const priority = select(
    PRIORITIES.map(name => [name, words(name)]),
    'NORMAL',
  );
  const delay = h('input', {type: 'number', min: '0', step: 'any', placeholder: 'none'});
  const unit = select(
    Object.keys(UNITS).map(name => [name, name]),
    's',
    {'aria-label': 'Unit of the delay'},
  );
  const id = h('input', {...token, placeholder: 'random'});
  const tenant = h('input', {...token, placeholder: 'none'});
  const fault = h('p', {class: 'fault', role: 'alert'});
  const send = h('button', {class: 'button primary', type: 'submit'}, 'Submit');
  const faults = createFaults({queue, type, input, priority, delay, jobId: id, id, tenant}, fault);
  const form = h(
    'form',
    {class: 'stack', 'data-form': 'job', onsubmit: submit},
    h('div', {class: 'fields'}, field('Queue', queue), field('Type', type, {hint: 'what the workers of the queue do'})),
    types,
    field('Input (JSON)', input),
    h(
      'div',
      {class: 'fields'},
      field('Priority', priority),
      h('div', {class: 'delay'}, field('Delay', delay), unit),
      field('Id', id, {hint: 'the same id is the same job'}),
      field('Tenant', tenant),
    ),
    fault,
    h('div', {class: 'row end'}, send),
  );
  let unsure = null;

  function offerTypes() {
    const seen = [...new Set([...store.jobs.values()].map(({job}) => job.type).filter(Boolean))].sort();
    types.replaceChildren(...seen.map(value => h('option', {value})));
  }

  function request() {
    const options = {priority: priority.value};
    if (delay.value) options.delay = isoSeconds(Number(delay.value) * UNITS[unit.value]);
    if (id.value) options.id = id.value;
    if (tenant.value) options.tenant = tenant.value;
    return {queue: queue.value, type: type.value, input: readJson(input), options};
  }

  async function submit(event) {
    event.preventDefault();
    faults.clear();
    try {
      const wanted = request();
      send.disabled = true;
      jobs.open(jobLink(await sendOnce(wanted)), true);
    } catch (problem) {
      if (problem instanceof SyntaxError) input.reportValidity();
      else faults.show(problem);
    } finally {
      send.disabled = false;
    }
  }

  /** The same content sent again after an unknown outcome keeps its id, and so is one job. */
  async function sendOnce(wanted) {
    const content = JSON.stringify(wanted);
    const own = unsure?.content === content ? unsure.id : (wanted.options.id ?? newId());
    unsure = {content, id: own};
    try {
      const job = await api.post('/jobs', {...wanted, options: {...wanted.options, id: own}});
      unsure = null;
      return job;
    } catch (problem) {
      if (problem.status > 0 && problem.status < 500) unsure = null;
      throw problem;
    }
  }

  scope.on('loaded', offerTypes);
  offerTypes();
  return {elements: [panelHead({heading: 'Submit a job', close}), panelBody(form)], end: () => scope.close()};
}
