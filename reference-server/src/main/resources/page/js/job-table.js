// The jobs as a table, newest first, a hundred at a time. Rows change with the frame, their order four times a second.
import {h, text} from './dom.js';
import {createJobFilter} from './job-filter.js';
import {isOpen, progressBar, stateIcon, stateWord} from './job-states.js';
import {jobLink, KEPT, keyOf} from './job-store.js';
import {ahead, span, tookMs} from './job-times.js';
import {moment, since, words} from './format.js';

const PAGE = 100;
const ORDER_MS = 250;

const COLUMNS = [
  {label: 'Job', cell: whoCell},
  {label: 'State', cell: stateCell},
  {label: 'Progress', cell: progressCell, class: 'progress-cell'},
  {label: 'Queue', cell: textCell, of: job => job.queue, class: 'optional'},
  {label: 'Priority', cell: textCell, of: job => words(job.priority), class: 'optional spare'},
  {label: 'Tenant', cell: textCell, of: job => job.tenant ?? '–', class: 'optional spare'},
  {label: 'Attempt', cell: textCell, of: job => job.attempt || '–', class: 'optional spare'},
  {label: 'Submitted', cell: textCell, of: (job, now) => since(job.submittedAt, now)},
  {label: 'Took', cell: textCell, of: tookOf, class: 'optional'},
];

export function createJobTable(jobs) {
  const {store} = jobs;
  const rows = new Map();
  let first = 0;
  let focused = null;
  let selected = null;
  let timer = null;

  const count = h('span', {class: 'soft small count', role: 'status'});
  const filter = createJobFilter(jobs, count);
  const body = h('tbody', {});
  const empty = h('p', {class: 'empty'});
  const newer = h('button', {class: 'button tight', type: 'button', onclick: () => turn(-PAGE)}, 'Newer');
  const older = h('button', {class: 'button tight', type: 'button', onclick: () => turn(PAGE)}, 'Older');
  const range = h('span', {class: 'soft small'});
  const pager = h('div', {class: 'row pager', hidden: true}, newer, range, older);
  const heads = COLUMNS.map(column => h('th', {scope: 'col', class: column.class}, h('span', {}, column.label)));
  const table = h(
    'table',
    {class: 'table', role: 'grid', id: 'jobs-table', 'aria-label': 'Jobs', tabindex: '-1'},
    h('thead', {}, h('tr', {}, heads)),
    body,
  );
  const element = h(
    'section',
    {class: 'jobs-list', 'aria-label': 'Jobs'},
    filter.element,
    h('div', {class: 'scroll'}, table, empty, pager),
  );

  function turn(by) {
    first = Math.max(0, first + by);
    order();
    element.querySelector('.scroll').scrollTop = 0;
  }

  function order() {
    clearTimeout(timer);
    timer = null;
    const all = store.newest();
    if (first >= all.length) first = Math.max(0, Math.floor((all.length - 1) / PAGE) * PAGE);
    const shown = all.slice(first, first + PAGE);
    place(shown);
    showCount(all.length, shown.length);
  }

  function place(shown) {
    const hadFocus = body.contains(document.activeElement);
    const keys = new Set(shown.map(keyOf));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      rows.delete(key);
    }
    const now = store.now();
    shown.forEach((job, i) => {
      const row = rows.get(keyOf(job)) ?? create(job);
      if (body.children[i] !== row.element) body.insertBefore(row.element, body.children[i] ?? null);
      row.update(job, now);
    });
    if (!keys.has(focused)) focused = keys.has(selected) ? selected : shown.length > 0 ? keyOf(shown[0]) : null;
    mark();
    if (hadFocus && !body.contains(document.activeElement)) rows.get(focused)?.element.focus();
  }

  function showCount(all, shown) {
    const narrowed = Object.values(store.filter).some(Boolean);
    text(count, all === 1 ? '1 job' : all < KEPT ? `${all} jobs` : `the newest ${KEPT} jobs`);
    empty.hidden = shown > 0;
    text(empty, emptyWords(store.state, narrowed));
    pager.hidden = all <= PAGE;
    newer.disabled = first === 0;
    older.disabled = first + shown >= all;
    text(range, `${first + 1} to ${first + shown} of the newest ${all}`);
  }

  function create(job) {
    const cells = COLUMNS.map(column => h('td', {class: column.class}));
    const fills = COLUMNS.map((column, i) => column.cell(cells[i], column));
    const row = {
      element: h('tr', {'data-job': keyOf(job)}, cells),
      update: (current, now) => fills.forEach(fill => fill(current, now)),
    };
    rows.set(keyOf(job), row);
    return row;
  }

  function mark() {
    for (const [key, row] of rows) {
      row.element.tabIndex = key === focused ? 0 : -1;
      row.element.setAttribute('aria-selected', String(key === selected));
    }
  }

  function focusRow(row) {
    if (!row) return;
    focused = row.dataset.job;
    mark();
    row.focus();
  }

  function open(row) {
    const [queue, id] = row.dataset.job.split('/');
    jobs.open(jobLink({queue, id}), true);
  }

  body.addEventListener('click', event => {
    const row = event.target.closest('tr');
    focusRow(row);
    open(row);
  });
  body.addEventListener('keydown', event => {
    const row = event.target.closest('tr');
    const moves = {
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: body.firstElementChild,
      End: body.lastElementChild,
    };
    if (event.key in moves) focusRow(moves[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') open(row);
    else return;
    event.preventDefault();
  });

  const isSeen = () => element.isConnected && !element.closest('[hidden]');

  store.on('jobs', news => {
    if (!isSeen()) return;
    const now = store.now();
    for (const [key, job] of news) rows.get(key)?.update(job, now);
    timer ??= setTimeout(order, ORDER_MS);
  });
  store.on('tick', () => {
    if (isSeen()) order();
  });
  store.on('loaded', order);
  store.on('filter', changed => {
    first = 0;
    order();
    if (changed.some(key => key !== 'text')) jobs.reload();
  });

  return {
    element,
    search: filter.focus,
    focus: () => rows.get(focused)?.element.focus(),
    select(key) {
      selected = key;
      if (rows.has(key)) focused = key;
      mark();
    },
  };
}

function emptyWords(state, narrowed) {
  if (state === 'loading') return 'Loading jobs…';
  if (state === 'failed') return 'The jobs could not be loaded.';
  return narrowed ? 'No job matches this filter.' : 'No jobs yet. They appear as soon as one is submitted.';
}

function whoCell(cell) {
  const shape = h('span', {class: 'row'});
  const type = h('b', {});
  const id = h('span', {class: 'soft small mono'});
  cell.append(h('div', {class: 'who'}, shape, type, id));
  let state = null;
  return job => {
    if (state !== job.state) shape.replaceChildren(stateIcon((state = job.state)));
    text(type, job.type || 'no type');
    text(id, job.id);
    cell.title = job.id;
  };
}

function stateCell(cell) {
  return job => text(cell, stateWord(job));
}

function progressCell(cell) {
  const bar = progressBar();
  const note = h('bdi', {class: 'soft small'});
  cell.append(h('div', {class: 'doing'}, bar.element, note));
  return (job, now) => {
    bar.show(job);
    text(note, noteOf(job, now));
  };
}

function noteOf(job, now) {
  if (job.state === 'FAILED' || job.state === 'RETRYING') return job.error?.message ?? job.attempts?.at(-1)?.error?.message ?? '';
  if (job.state === 'DELAYED' && job.runAt) return `starts ${ahead(job.runAt, now)}`;
  return isOpen(job) ? (job.progress?.message ?? '') : '';
}

function tookOf(job, now) {
  const ms = tookMs(job, now);
  if (job.endedAt) return span(ms);
  return ms < 1000 ? '0 s' : span(Math.floor(ms / 1000) * 1000);
}

function textCell(cell, column) {
  return (job, now) => {
    text(cell, column.of(job, now));
    if (column.label === 'Submitted' && !cell.title) cell.title = moment(job.submittedAt);
  };
}
