// The workers of a queue: where they are, what they do, and orders to them. Asked for anew every few seconds while shown.
import {h, text} from './dom.js';
import {jobLink, queuePath} from './job-store.js';
import {actionButton, rewrite} from './panel.js';
import {shortened, since, words} from './format.js';

const EVERY_MS = 5_000;
const SHOWN_JOBS = 10;
const TONES = {RUNNING: 'good', QUIET: 'warn', TERMINATING: 'bad', STOPPED: ''};
const ORDERS = {
  RUNNING: [
    ['Quiet', 'QUIET'],
    ['Terminate', 'TERMINATING'],
  ],
  QUIET: [
    ['Run', 'RUNNING'],
    ['Terminate', 'TERMINATING'],
  ],
};

export function createWorkers(queue, {api, store, toasts, canWrite}) {
  const list = h('ul', {class: 'stack'});
  const empty = h('p', {class: 'soft'}, 'Loading…');
  const element = h('div', {}, empty, list);
  let shown = '';
  let ended = false;

  async function load() {
    try {
      show(await api.get(queuePath(queue, '/workers')));
    } catch (problem) {
      text(empty, problem.status === 404 ? 'There is no such queue.' : 'The workers could not be loaded.');
    }
  }

  function show(workers) {
    const news = JSON.stringify(workers.map(({seenAt, ...rest}) => rest));
    if (ended || news === shown) return;
    shown = news;
    rewrite(list, workers.map(createWorker));
    empty.hidden = workers.length > 0;
    text(empty, 'Nobody works on this queue: its jobs wait.');
  }

  function createWorker({id, state, host, concurrency, types = [], active = [], startedAt}) {
    const orders = canWrite ? (ORDERS[state] ?? []) : [];
    return h(
      'li',
      {class: 'execution', 'data-worker': id},
      h(
        'header',
        {},
        h('h4', {class: 'mono grow'}, id),
        h('span', {class: `chip ${TONES[state] ?? ''}`}, words(state)),
        orders.map(([label, to], i) => order(id, label, to, i)),
      ),
      h('p', {class: 'soft small'}, `${host}, started ${since(startedAt, store.now())}, does `, h('bdi', {}, types.join(', '))),
      h(
        'p',
        {class: 'small'},
        `${active.length} of ${concurrency} at work`,
        active
          .slice(0, SHOWN_JOBS)
          .flatMap(job => [' ', h('a', {class: 'mono', href: jobLink({queue, id: job}), title: job}, shortened(job, 20))]),
        active.length > SHOWN_JOBS ? ' …' : '',
      ),
    );
  }

  function order(id, label, state, place) {
    const button = actionButton(
      label,
      toasts,
      async () => {
        await api.post(queuePath(queue, `/workers/${encodeURIComponent(id)}/order`), {state});
        await load();
      },
      'tight',
    );
    button.setAttribute('aria-label', `${label} ${id}`);
    button.dataset.keep = `${id} ${place}`;
    return button;
  }

  const timer = setInterval(load, EVERY_MS);
  load();
  return {
    element,
    end() {
      ended = true;
      clearInterval(timer);
    },
  };
}
