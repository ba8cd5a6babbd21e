// The newest runs of training.
import {h, text} from './dom.js';
import {progressBar, stateChip} from './job-states.js';
import {rewrite} from './panel.js';
import {since} from './format.js';

const HEADS = ['Run', 'Model', 'Dataset', 'State', 'Progress'];

export function createTrainingTable(training) {
  const {api, toasts} = training;
  const count = h('span', {class: 'soft small count', role: 'status'});
  const body = h('tbody', {});
  const empty = h('p', {class: 'empty'}, 'Loading…');
  const heads = HEADS.map(label => h('th', {scope: 'col'}, h('span', {}, label)));
  const table = h(
    'table',
    {class: 'table plain', 'aria-label': 'Training runs', id: 'training-table', tabindex: '-1'},
    h('thead', {}, h('tr', {}, heads)),
    body,
  );
  const element = h(
    'section',
    {class: 'jobs-list', 'aria-label': 'Training runs'},
    h('div', {class: 'toolbar'}, count),
    h('div', {class: 'scroll', tabindex: '0'}, table, empty),
  );
  let known = null;
  let selected = null;
  let shown = '';

  async function refresh() {
    try {
      known = await api.get('/training');
      show();
    } catch (problem) {
      if (known === null) text(empty, 'The runs could not be loaded.');
      toasts.fail(problem);
    }
  }

  function show() {
    if (known === null) return;
    const news = JSON.stringify([known.map(({curve: _, ...rest}) => rest), selected]);
    if (news !== shown) {
      shown = news;
      rewrite(
        body,
        known.map(run => createRow(run, run.id === selected, training.now())),
      );
    }
    empty.hidden = known.length > 0;
    text(empty, 'Nothing has been trained yet.');
    text(count, known.length === 1 ? '1 run' : `${known.length} runs`);
  }

  return {
    element,
    refresh,
    focus: () => (body.querySelector('[aria-current]') ?? body.querySelector('a'))?.focus(),
    select(run) {
      selected = run;
      show();
    },
  };
}

function createRow(run, isSelected, now) {
  const {id, task, trainer, model, dataset, submittedAt, message, fraction} = run;
  const chip = stateChip();
  const bar = progressBar();
  chip.show(run);
  bar.show({...run, progress: {fraction}});
  const link = h('a', {href: `#/training/${encodeURIComponent(id)}`, 'data-keep': id, 'aria-current': isSelected ? 'true' : null}, h('bdi', {}, id));
  return h(
    'tr',
    {'data-run': id},
    h('td', {}, h('b', {}, link), h('div', {class: 'soft small'}, `${task} with `, h('bdi', {}, trainer), ` · ${since(submittedAt, now)}`)),
    h('td', {'data-label': 'Model'}, h('bdi', {}, model ?? '–')),
    h('td', {'data-label': 'Dataset'}, h('bdi', {}, dataset ?? '–')),
    h('td', {'data-label': 'State'}, chip.element),
    h('td', {class: 'progress-cell'}, bar.element, h('div', {class: 'soft small'}, h('bdi', {}, message))),
  );
}
