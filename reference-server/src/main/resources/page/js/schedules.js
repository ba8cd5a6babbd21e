// The recurring jobs: when they ran and will run, and buttons that pause, start and remove them.
import {h, text} from './dom.js';
import {confirm} from './confirm.js';
import {nextTime} from './cron.js';
import {jobLink} from './job-store.js';
import {ahead} from './job-times.js';
import {actionButton, rewrite} from './panel.js';
import {moment, since} from './format.js';

const EVERY_MS = 10_000;

export const schedulePath = ({queue, name}, rest = '') => `/jobs/schedules/${encodeURIComponent(queue)}/${encodeURIComponent(name)}${rest}`;

export function createSchedules(jobs) {
  const {api, store, toasts, canWrite} = jobs;
  const count = h('span', {class: 'soft small count', role: 'status'});
  const create = canWrite ? h('a', {class: 'button tight', href: '#/jobs/schedules/new'}, 'New schedule') : null;
  const body = h('tbody', {});
  const empty = h('p', {class: 'empty'}, 'Loading…');
  const heads = ['Schedule', 'Times', 'Next', 'Last', canWrite ? 'Actions' : null].filter(Boolean);
  const table = h(
    'table',
    {class: 'table plain', 'aria-label': 'Schedules'},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        heads.map(label => h('th', {scope: 'col'}, h('span', {class: label === 'Actions' ? 'only-read' : null}, label))),
      ),
    ),
    body,
  );
  const element = h(
    'section',
    {class: 'jobs-list', 'aria-label': 'Schedules', id: 'schedules'},
    h('div', {class: 'toolbar'}, create, count),
    h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Schedules'}, table, empty),
  );
  let schedules = null;
  let selected = null;
  let due = 0;
  let shown = '';

  async function refresh() {
    due = performance.now() + EVERY_MS;
    try {
      schedules = await api.get('/jobs/schedules');
      show();
    } catch (problem) {
      text(empty, 'The schedules could not be loaded.');
      toasts.fail(problem);
    }
  }

  /** Rewritten only where something changed, so that the focus stays; the times move on by themselves. */
  function show() {
    if (schedules === null) return;
    const news = JSON.stringify([schedules, selected]);
    if (news !== shown) {
      shown = news;
      rewrite(
        body,
        schedules.map(schedule => createRow(schedule, jobs, `${schedule.queue}/${schedule.name}` === selected)),
      );
    }
    const now = store.now();
    schedules.forEach((schedule, i) => showTimes(body.children[i], schedule, now));
    empty.hidden = schedules.length > 0;
    text(empty, 'No schedules yet.');
    text(count, schedules.length === 1 ? '1 schedule' : `${schedules.length} schedules`);
  }

  store.on('schedules', refresh);
  store.on('tick', () => {
    if (!element.isConnected || element.closest('[hidden]')) return;
    if (performance.now() > due) refresh();
    else show();
  });

  return {
    element,
    refresh,
    focus: () => (body.querySelector('[aria-current]') ?? body.querySelector('a'))?.focus(),
    select(key) {
      selected = key;
      show();
    },
  };
}

function createRow(schedule, jobs, isSelected) {
  const {queue, name, cron, zone, paused, type, lastRun, lastJob} = schedule;
  const link = h(
    'a',
    {href: `#${schedulePath(schedule)}`, 'data-keep': `${queue}/${name}`, 'aria-current': isSelected ? 'true' : null},
    h('bdi', {}, name),
  );
  return h(
    'tr',
    {'data-schedule': `${queue}/${name}`},
    h(
      'td',
      {},
      h('div', {class: 'row'}, h('b', {}, link), paused ? h('span', {class: 'chip warn'}, 'Paused') : null),
      h('div', {class: 'soft small'}, `${type} in ${queue}`),
    ),
    h('td', {}, h('span', {class: 'mono'}, cron), h('div', {class: 'soft small'}, zone ?? 'UTC')),
    h('td', {'data-label': 'Next'}, h('span', {'data-role': 'next'})),
    h(
      'td',
      {'data-label': 'Last'},
      h('span', {'data-role': 'last'}),
      lastRun && lastJob ? h('div', {class: 'small'}, h('a', {href: jobLink(lastJob)}, 'its job')) : null,
    ),
    jobs.canWrite ? h('td', {}, h('div', {class: 'row'}, actionsOf(schedule, jobs))) : null,
  );
}

function showTimes(row, schedule, now) {
  const {cron, zone, paused, lastRun} = schedule;
  const next = paused ? null : nextTime(cron, zone, now);
  const cell = row.querySelector('[data-role=next]');
  text(cell, paused ? 'paused' : next ? ahead(new Date(next).toISOString(), now) : cron.replace(/^@every/, 'every'));
  cell.title = next ? moment(next) : '';
  text(row.querySelector('[data-role=last]'), lastRun ? since(lastRun, now) : 'never');
}

function actionsOf(schedule, {api, store, toasts}) {
  const {queue, name, paused} = schedule;
  const act = (label, does) => {
    const button = actionButton(
      label,
      toasts,
      async () => {
        await does();
        store.emit('schedules');
      },
      'tight',
    );
    button.setAttribute('aria-label', `${label.replace('…', '')} ${name}`);
    button.dataset.keep = `${queue}/${name} ${label.replace('Resume', 'Pause')}`;
    return button;
  };
  return [
    act('Run now', async () => {
      const job = await api.post(schedulePath(schedule, '/trigger'));
      toasts.tell('Started', `A job of ${name}: ${job?.id ?? ''}`);
    }),
    act(paused ? 'Resume' : 'Pause', () => api.post(schedulePath(schedule, paused ? '/resume' : '/pause'))),
    act('Remove…', async () => {
      const answer = await confirm({
        heading: `Remove the schedule ${name}?`,
        explanation: 'No more jobs come of it; those that are there go on.',
        action: 'Remove',
        danger: true,
      });
      if (answer) await api.delete(schedulePath(schedule));
    }),
  ];
}
