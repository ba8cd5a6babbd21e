// The queues as cards: what waits, what runs, how fast, and a button that pauses.
import {h, text} from './dom.js';
import {createSparkline} from './sparkline.js';
import {actionButton} from './panel.js';
import {quantity} from './format.js';
import {queuePath, waitingOf} from './job-store.js';
import {isoMs, span} from './job-times.js';

const COUNTS = {
  Waiting: waitingOf,
  Delayed: dto => dto.delayed,
  Active: dto => dto.active,
  Completed: dto => dto.completed,
  Failed: dto => dto.failed,
};
const RATES = {Added: 'addRate', Finished: 'finishRate'};
const PAST = {Added: 'add', Finished: 'finish'};
const PRIORITY_NAMES = ['critical', 'high', 'normal', 'low'];

export const count = number => (Number.isFinite(number) ? number.toLocaleString('en-GB') : '–');

export function createQueueCards(root, jobs) {
  const {store} = jobs;
  const cards = new Map();
  const empty = h('p', {class: 'soft', hidden: true}, 'No queues yet. They appear as soon as one is defined.');
  root.append(empty);

  function refresh() {
    const names = [...store.queues.keys()].sort();
    for (const [name, card] of cards) {
      if (store.queues.has(name)) continue;
      card.element.remove();
      cards.delete(name);
    }
    names.forEach((name, i) => {
      const card = cards.get(name) ?? create(name);
      if (root.children[i] !== card.element) root.insertBefore(card.element, root.children[i] ?? null);
      card.refresh(store.queues.get(name).dto);
    });
    empty.hidden = names.length > 0;
  }

  function create(name) {
    const card = createCard(name, jobs);
    cards.set(name, card);
    return card;
  }

  store.on('queues', refresh);
  store.on('tick', () => cards.forEach((card, name) => card.draw(store.queues.get(name)?.past ?? [])));
}

function createCard(name, jobs) {
  const state = h('span', {class: 'chip', 'data-role': 'queue-state'});
  const pause = pauseButton(name, jobs);
  const counts = Object.fromEntries(Object.keys(COUNTS).map(label => [label, h('dd', {})]));
  const priorities = createPriorities();
  const rates = Object.fromEntries(Object.keys(RATES).map(label => [label, {value: h('b', {}), spark: createSparkline()}]));
  const note = h('p', {class: 'soft small'});
  const element = h(
    'article',
    {class: 'queue', 'data-queue': name, 'aria-label': `Queue ${name}`},
    h('header', {}, h('h3', {}, h('a', {href: `#${queuePath(name)}`}, name)), state, pause.element),
    h(
      'dl',
      {class: 'counts'},
      Object.entries(counts).map(([label, value]) => h('div', {'data-count': label.toLowerCase()}, h('dt', {}, label), value)),
    ),
    priorities.element,
    h(
      'div',
      {class: 'rates'},
      Object.entries(rates).map(([label, {value, spark}]) => h('p', {}, h('span', {class: 'soft small'}, label), value, spark.element)),
    ),
    note,
  );

  function refresh(dto) {
    text(state, dto.paused ? 'Paused' : 'Running');
    state.className = `chip ${dto.paused ? 'warn' : 'good'}`;
    pause.show(dto);
    for (const [label, of] of Object.entries(COUNTS)) text(counts[label], count(of(dto)));
    counts.Failed.classList.toggle('fault', dto.failed > 0);
    priorities.show(dto.waiting ?? {});
    for (const [label, key] of Object.entries(RATES)) text(rates[label].value, `${quantity(dto[key] ?? 0, '', 1)}/s`);
    text(note, noteOf(dto));
  }

  return {element, refresh, draw: past => Object.entries(rates).forEach(([label, {spark}]) => spark.show(past.map(p => p[PAST[label]])))};
}

/** What waits by priority: a bar of shares with the numbers in words. */
function createPriorities() {
  const parts = PRIORITY_NAMES.map(name => h('i', {class: `p-${name}`}));
  const words = h('span', {class: 'soft small'});
  return {
    element: h('div', {class: 'priorities'}, h('div', {class: 'shares', 'aria-hidden': 'true'}, parts), words),
    show(waiting) {
      PRIORITY_NAMES.forEach((name, i) => {
        parts[i].style.flexGrow = String(waiting[name] ?? 0);
      });
      const said = PRIORITY_NAMES.filter(name => waiting[name] > 0).map(name => `${count(waiting[name])} ${name}`);
      text(words, said.join(', ') || 'nothing waits');
    },
  };
}

function noteOf({oldestWaitingSeconds: oldest, workers, limits, deadLetters}) {
  return [
    oldest >= 1 ? `oldest waits ${span(Math.floor(oldest) * 1000)}` : '',
    workers === 1 ? '1 worker' : `${count(workers ?? 0)} workers`,
    ...limitWords(limits),
    deadLetters > 0 ? `${count(deadLetters)} dead` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

export function limitWords(limits) {
  return [
    limits?.concurrency ? `at most ${count(limits.concurrency)} at once` : '',
    limits?.rate ? `${count(limits.rate.jobs)} per ${span(isoMs(limits.rate.period)).replace(/^1 /, '')}` : '',
  ].filter(Boolean);
}

/** Pauses and resumes the queue; nothing for those who may not. */
export function pauseButton(name, {api, store, toasts, canWrite}) {
  const element = actionButton('', toasts, press, 'tight');
  element.hidden = !canWrite;
  let paused = false;

  async function press() {
    store.takeQueue(await api.post(queuePath(name, paused ? '/resume' : '/pause')));
  }

  return {
    element,
    show(dto) {
      paused = dto.paused;
      text(element, paused ? 'Resume' : 'Pause');
      element.setAttribute('aria-label', `${paused ? 'Resume' : 'Pause'} ${name}`);
    },
  };
}
