// One queue: its numbers, how they went in the last minutes, its limits, and who works on it.
import {h, text} from './dom.js';
import {Plot} from './charts.js';
import {createLimits} from './queue-limits.js';
import {createWorkers} from './queue-workers.js';
import {pauseButton} from './queue-cards.js';
import {block, facts, panelBody, panelHead} from './panel.js';
import {waitingOf} from './job-store.js';
import {span} from './job-times.js';
import {count} from './queue-cards.js';

const MINUTES = 5;
const KINDS = [
  {key: 'add', title: 'Added', unit: 'jobs/s', digits: 1, floor: 0, ceiling: 1},
  {key: 'finish', title: 'Finished', unit: 'jobs/s', digits: 1, floor: 0, ceiling: 1},
  {key: 'waiting', title: 'Waiting', unit: 'jobs', digits: 0, floor: 0, ceiling: 1},
];

export function createQueuePanel(name, jobs) {
  const {store, toasts} = jobs;
  const scope = store.scope();
  const state = h('span', {class: 'chip'});
  const pause = pauseButton(name, jobs);
  const only = h('button', {class: 'button tight', type: 'button', onclick: () => store.narrow({queue: name})}, 'Show only its jobs');
  const head = panelHead({heading: name, below: [state], actions: [pause.element], close: jobs.close});
  const plots = KINDS.map(kind => ({kind, plot: new Plot(kind)}));
  const limits = createLimits(name, jobs);
  const workers = createWorkers(name, jobs);
  const numbers = h('div', {class: 'stack'});
  const missing = h('p', {class: 'soft', hidden: true}, 'There is no such queue.');
  const body = panelBody(
    missing,
    block('Now', numbers, h('div', {}, only)),
    block('Workers', workers.element),
    block('Limits of all workers together', limits.element),
    block(
      `Last ${MINUTES} minutes`,
      h(
        'div',
        {class: 'plots'},
        plots.map(({plot}) => plot.element),
      ),
    ),
  );
  let shown = '';

  function refresh() {
    const dto = store.queues.get(name)?.dto;
    missing.hidden = dto !== undefined || store.queues.size === 0;
    if (!dto) return;
    text(state, dto.paused ? 'Paused' : 'Running');
    state.className = `chip ${dto.paused ? 'warn' : 'good'}`;
    pause.show(dto);
    limits.show(dto.limits);
    const news = JSON.stringify(dto);
    if (news === shown) return;
    shown = news;
    numbers.replaceChildren(facts(numbersOf(dto)));
  }

  function draw() {
    const past = store.queues.get(name)?.past ?? [];
    const to = store.now();
    for (const {kind, plot} of plots)
      plot.show(
        past.map(p => ({x: p.at, y: p[kind.key]})),
        to - MINUTES * 60_000,
        to,
      );
  }

  for (const {plot} of plots) plot.start().then(draw, toasts.fail.bind(toasts));
  scope.on('queues', refresh);
  scope.on('tick', draw);
  refresh();

  return {
    elements: [head, body],
    repaint: () => plots.forEach(({plot}) => plot.repaint()),
    end() {
      scope.close();
      workers.end();
      plots.forEach(({plot}) => plot.end());
    },
  };
}

function numbersOf(dto) {
  const waiting = Object.entries(dto.waiting ?? {}).map(([priority, jobs]) => `${count(jobs)} ${priority}`);
  return {
    Waiting: `${count(waitingOf(dto))} (${waiting.join(', ')})`,
    'Oldest waits': dto.oldestWaitingSeconds >= 1 ? span(Math.floor(dto.oldestWaitingSeconds) * 1000) : null,
    Delayed: count(dto.delayed),
    Active: count(dto.active),
    Submitted: count(dto.submitted),
    Completed: count(dto.completed),
    Failed: count(dto.failed),
    'In the dead letters': count(dto.deadLetters),
  };
}
