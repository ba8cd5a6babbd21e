// The jobs that were given up, of one queue or all: why, after how many attempts, and again or away with them.
import {h, text} from './dom.js';
import {confirm} from './confirm.js';
import {keyOf} from './job-store.js';
import {moment, since} from './format.js';
import {actionButton, rewrite} from './panel.js';

const SHOWN = 100;

export const deadPath = ({queue, id}, rest = '') => `/jobs/dead-letters/${encodeURIComponent(queue)}/${encodeURIComponent(id)}${rest}`;

export function createDeadLetters(jobs) {
  const {api, store, toasts, canWrite, isAdmin} = jobs;
  const queue = h('select', {'aria-label': 'Dead letters of queue', onchange: refresh});
  const count = h('span', {class: 'soft small count', role: 'status'});
  const retryAll = actionButton('Retry all…', toasts, () => forAll('retry'), 'tight');
  const purgeAll = actionButton('Purge all…', toasts, () => forAll('purge'), 'tight');
  purgeAll.hidden = !isAdmin;
  const orders = h('div', {class: 'row', hidden: true}, retryAll, purgeAll);
  const list = h('ul', {class: 'dead'});
  const empty = h('p', {class: 'empty'}, 'Loading…');
  const element = h(
    'section',
    {class: 'jobs-list', 'aria-label': 'Dead letters', id: 'dead-letters'},
    h('div', {class: 'toolbar'}, queue, orders, count),
    h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Dead letters'}, list, empty),
  );
  let letters = null;
  let selected = null;
  let seen = '';

  async function refresh() {
    try {
      const query = new URLSearchParams({limit: String(SHOWN)});
      if (queue.value) query.set('queue', queue.value);
      letters = await api.get(`/jobs/dead-letters?${query}`);
      show();
    } catch (problem) {
      text(empty, 'The dead letters could not be loaded.');
      toasts.fail(problem);
    }
  }

  function show() {
    if (letters === null) return;
    rewrite(
      list,
      letters.map(letter => createRow(letter, keyOf(letter) === selected, store.now())),
    );
    empty.hidden = letters.length > 0;
    text(empty, 'No dead letters.');
    text(count, letters.length >= SHOWN ? `the newest ${SHOWN}` : `${letters.length} in all`);
    orders.hidden = !canWrite || letters.length === 0;
  }

  function offer() {
    const names = [...store.queues.keys()].sort();
    const chosen = queue.value;
    if (queue.children.length === names.length + 1) return;
    queue.replaceChildren(h('option', {value: ''}, 'Any queue'), ...names.map(name => h('option', {value: name}, name)));
    queue.value = names.includes(chosen) ? chosen : '';
  }

  async function forAll(what) {
    const queues = queue.value ? [queue.value] : queuesWithSome();
    const answer = await confirm(what === 'retry' ? retryQuestion(queues) : purgeQuestion(queues));
    if (!answer) return;
    let done = 0;
    for (const name of queues) {
      const path = `/jobs/dead-letters/${encodeURIComponent(name)}`;
      const {count: some} = what === 'retry' ? await api.post(`${path}/retry`) : await api.delete(path);
      done += some;
    }
    toasts.tell(what === 'retry' ? 'Put back into the queue' : 'Purged', done === 1 ? '1 job' : `${done} jobs`);
    store.emit('dead');
  }

  function queuesWithSome() {
    const counted = [...store.queues.values()].filter(({dto}) => dto.deadLetters > 0).map(({dto}) => dto.name);
    return [...new Set([...counted, ...letters.map(letter => letter.queue)])];
  }

  /** Where the number of a queue's dead letters has changed, or somebody here has changed it. */
  function follow() {
    offer();
    const news = JSON.stringify([...store.queues.values()].map(({dto}) => [dto.name, dto.deadLetters]));
    if (news === seen) return;
    seen = news;
    if (element.isConnected) refresh();
  }

  store.on('dead', refresh);
  store.on('queues', follow);
  offer();

  return {
    element,
    refresh,
    focus: () => (list.querySelector('[aria-current]') ?? list.querySelector('a'))?.focus(),
    select(key) {
      selected = key;
      show();
    },
  };
}

function createRow(letter, isSelected, now) {
  const {queue, id, type, at, reason, attempts = []} = letter;
  const tried = attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`;
  return h(
    'li',
    {},
    h(
      'a',
      {
        href: `#${deadPath({queue, id})}`,
        'aria-current': isSelected ? 'true' : null,
        'data-dead': keyOf(letter),
        'data-keep': keyOf(letter),
      },
      h(
        'span',
        {class: 'row'},
        h('b', {}, type || 'no type'),
        h('span', {class: 'mono soft small'}, id),
        h('span', {class: 'soft small'}, queue),
      ),
      h('span', {class: 'soft small when', title: moment(at)}, `${tried}, ${since(at, now)}`),
      h('span', {class: 'why'}, h('span', {class: 'mono'}, reason.name), ' ', h('bdi', {}, reason.message ?? '')),
    ),
  );
}

const named = queues => (queues.length === 1 ? queues[0] : `${queues.length} queues`);

const retryQuestion = queues => ({
  heading: `Retry all dead letters of ${named(queues)}?`,
  explanation: 'Each goes back into its queue under its id and is tried anew.',
  action: 'Retry all',
});

const purgeQuestion = queues => ({
  heading: `Purge all dead letters of ${named(queues)}?`,
  explanation: 'They are forgotten for good, with what went into them.',
  action: 'Purge all',
  danger: true,
});
