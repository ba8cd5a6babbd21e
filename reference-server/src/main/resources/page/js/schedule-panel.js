// The form of a schedule, new or there already.
import {h, field, select, text} from './dom.js';
import {nextTime} from './cron.js';
import {createFaults, readJson} from './form-faults.js';
import {facts, jsonText, panelBody, panelHead} from './panel.js';
import {createQueueSelect} from './queue-select.js';
import {schedulePath} from './schedules.js';
import {isoMs, isoSeconds} from './job-times.js';
import {moment, pretty, words} from './format.js';

const TOKEN = '[A-Za-z0-9][A-Za-z0-9_\\-]{0,63}';
const EXAMPLES = [
  ['0 */5 * * * *', 'every 5 minutes'],
  ['0 30 3 * * *', 'at 03:30 every day'],
  ['0 0 8 * * MON-FRI', 'at 08:00 on weekdays'],
  ['@every 1h', 'each hour from when it was saved'],
];
const OVERLAPS = {SKIP: 'Pass over that time', ALLOW: 'Let both run', CANCEL_RUNNING: 'Cancel the last one'};
const MISSED = {RUN_ONCE: 'Run once for all of them', SKIP: 'Pass over them', RUN_ALL: 'Run once for each'};

/** @param ref of the schedule, or null for a new one */
export function createSchedulePanel(ref, jobs) {
  const {api, toasts, canWrite} = jobs;
  const scope = jobs.store.scope();
  const head = panelHead({
    heading: ref ? ref.name : 'New schedule',
    below: ref ? [h('span', {class: 'soft'}, `schedule of ${ref.queue}`)] : [],
    close: jobs.close,
  });
  const body = panelBody(h('p', {class: 'soft'}, 'Loading…'));

  async function load() {
    if (!ref) return body.replaceChildren(createForm(null, jobs, scope));
    try {
      const schedule = await api.get(schedulePath(ref));
      body.replaceChildren(canWrite ? createForm(schedule, jobs, scope) : described(schedule));
    } catch (problem) {
      if (problem.status !== 404) toasts.fail(problem);
      body.replaceChildren(h('p', {class: 'soft'}, 'There is no such schedule.'));
    }
  }

  load();
  return {elements: [head, body], end: () => scope.close()};
}

function described({cron, zone, type, input, overlap, missed, startWithin}) {
  return h(
    'div',
    {class: 'stack'},
    facts({
      Times: cron,
      Zone: zone ?? 'UTC',
      Type: type,
      'While one runs': words(overlap),
      'Missed times': words(missed),
      'Start within': startWithin,
    }),
    jsonText(input),
  );
}

function createForm(schedule, {api, store, toasts, close}, scope) {
  const queue = schedule
    ? select([[schedule.queue, schedule.queue]], schedule.queue, {disabled: true})
    : createQueueSelect(store, scope, store.filter.queue);
  const name = h('input', {
    type: 'text',
    required: true,
    pattern: TOKEN,
    maxlength: '40',
    autocomplete: 'off',
    value: schedule?.name ?? '',
    readonly: Boolean(schedule),
  });
  const cron = h('input', {
    type: 'text',
    class: 'mono',
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
    value: schedule?.cron ?? '0 */5 * * * *',
    oninput: preview,
  });
  const zone = h('input', {
    type: 'text',
    list: 'zones',
    autocomplete: 'off',
    spellcheck: 'false',
    value: schedule?.zone ?? 'UTC',
    oninput: preview,
  });
  const zones = h(
    'datalist',
    {id: 'zones'},
    ['UTC', ...Intl.supportedValuesOf('timeZone')].map(value => h('option', {value})),
  );
  const type = h('input', {type: 'text', required: true, pattern: TOKEN, autocomplete: 'off', value: schedule?.type ?? ''});
  const input = h('textarea', {class: 'json', spellcheck: 'false', value: pretty(schedule?.input)});
  const overlap = select(Object.entries(OVERLAPS), schedule?.overlap ?? 'SKIP');
  const missed = select(Object.entries(MISSED), schedule?.missed ?? 'RUN_ONCE');
  const startWithin = h('input', {
    type: 'number',
    min: '1',
    max: '604800',
    step: '1',
    value: isoMs(schedule?.startWithin ?? 'PT1M') / 1000,
  });
  const next = h('p', {class: 'soft small', role: 'status'});
  const fault = h('p', {class: 'fault', role: 'alert'});
  const save = h('button', {class: 'button primary', type: 'submit'}, 'Save schedule');
  const faults = createFaults({queue, name, cron, zone, type, input, overlap, missed, startWithin}, fault);

  const examples = h(
    'ul',
    {class: 'examples'},
    EXAMPLES.map(([times, meaning]) =>
      h(
        'li',
        {},
        h('button', {class: 'button tight mono', type: 'button', onclick: () => use(times)}, times),
        ' ',
        h('span', {class: 'soft small'}, meaning),
      ),
    ),
  );
  const form = h(
    'form',
    {class: 'stack', 'data-form': 'schedule', onsubmit: submit},
    h('div', {class: 'fields'}, field('Queue', queue), field('Name', name, {hint: 'Letters, digits, _ and -'})),
    field('Times', cron, {hint: 'second minute hour day month weekday'}),
    next,
    examples,
    h('div', {class: 'fields'}, field('Time zone', zone), field('Type of job', type)),
    zones,
    field('Input (JSON)', input),
    h(
      'div',
      {class: 'fields'},
      field('While the last one runs', overlap),
      field('Missed times', missed, {hint: 'nobody was there to start it'}),
      field('Missed after', startWithin, {hint: 'seconds'}),
    ),
    fault,
    h('div', {class: 'row end'}, save),
  );

  function use(times) {
    cron.value = times;
    preview();
    cron.focus();
  }

  function preview() {
    const at = nextTime(cron.value, zone.value, store.now());
    text(next, at ? `Next on ${moment(at)}, in your time.` : cron.value.startsWith('@every') ? '' : 'These fields name no time.');
  }

  async function submit(event) {
    event.preventDefault();
    faults.clear();
    try {
      const value = readJson(input);
      save.disabled = true;
      await api.put(schedulePath({queue: queue.value, name: name.value}), {
        cron: cron.value.trim(),
        zone: zone.value.trim() || 'UTC',
        type: type.value,
        input: value,
        ...(schedule?.options ? {options: schedule.options} : {}),
        overlap: overlap.value,
        missed: missed.value,
        startWithin: isoSeconds(Number(startWithin.value)),
      });
      toasts.tell('Schedule saved', name.value);
      store.emit('schedules');
      close();
    } catch (problem) {
      if (problem instanceof SyntaxError) input.reportValidity();
      else faults.show(problem);
    } finally {
      save.disabled = false;
    }
  }

  preview();
  return form;
}
