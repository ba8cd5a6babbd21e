// The view of jobs. The address says what is open: #/jobs, #/jobs/{queue}/{id}, #/jobs/queues/{queue}, #/jobs/submit,
// #/jobs/dead-letters[/{queue}/{id}], #/jobs/schedules[/new|/{queue}/{name}].
import {h} from './dom.js';
import {JobStore} from './job-store.js';
import {createQueueCards} from './queue-cards.js';
import {createJobTable} from './job-table.js';
import {createDeadLetters} from './dead-letters.js';
import {createSchedules} from './schedules.js';
import {createJobPanel} from './job-panel.js';
import {createQueuePanel} from './queue-panel.js';
import {createDeadLetterPanel} from './dead-letter-panel.js';
import {createSchedulePanel} from './schedule-panel.js';
import {createSubmitPanel} from './submit-panel.js';

const LISTS = {
  jobs: {label: 'Jobs', href: '#/jobs', create: createJobTable},
  'dead-letters': {label: 'Dead letters', href: '#/jobs/dead-letters', create: createDeadLetters},
  schedules: {label: 'Schedules', href: '#/jobs/schedules', create: createSchedules},
};

export function createJobs(root, fleet) {
  const store = new JobStore(fleet.api, () => fleet.store.now());
  const jobs = {api: fleet.api, toasts: fleet.toasts, canWrite: fleet.canWrite, isAdmin: fleet.isAdmin, store, open, close, reload};
  const lists = {};
  let list = 'jobs';
  let panel = null;
  let wantsFocus = false;

  const cards = h('section', {class: 'queues', 'aria-label': 'Queues'});
  const links = Object.entries(LISTS).map(([key, {label, href}]) => h('a', {href, 'data-list': key}, label));
  const submit = fleet.canWrite ? h('a', {class: 'button primary tight', href: '#/jobs/submit'}, 'Submit a job') : null;
  const bar = h('div', {class: 'jobs-bar'}, h('nav', {class: 'tabs', 'aria-label': 'Lists of jobs'}, links), submit);
  const place = h('div', {class: 'jobs-place'});
  const side = h('section', {class: 'detail job-side', 'aria-label': 'Details', hidden: true});
  root.replaceChildren(h('div', {class: 'jobs-main'}, cards, bar, place), side);
  createQueueCards(cards, jobs);

  /** Goes to an address of this view. @param focus whether the keyboard goes along */
  function open(address, focus) {
    wantsFocus = focus;
    if (location.hash === address) show();
    else location.hash = address;
  }

  function close() {
    open(LISTS[list].href, false);
    lists[list].focus();
  }

  function show() {
    if (root.hidden) return showPanel(null);
    const steps = location.hash.slice(2).split('/').slice(1).map(decodeURIComponent);
    showList(LISTS[steps[0]] ? steps[0] : steps.length === 0 || isJob(steps) ? 'jobs' : list);
    const wanted = panelOf(steps, jobs);
    showPanel(wanted);
    lists[list].select?.(wanted?.key ?? null);
    wantsFocus = false;
  }

  function showList(key) {
    list = key;
    for (const link of links) {
      if (link.dataset.list === key) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    lists[key] ??= LISTS[key].create(jobs);
    if (place.firstElementChild === lists[key].element) return;
    place.replaceChildren(lists[key].element);
    lists[key].refresh?.();
  }

  function showPanel(wanted) {
    if (panel?.address === wanted?.address) return;
    panel?.view.end();
    panel = wanted && {address: wanted.address, view: wanted.create()};
    root.classList.toggle('has-detail', panel !== null);
    side.hidden = panel === null;
    side.replaceChildren(...(panel?.view.elements ?? []));
    if (panel && wantsFocus) side.querySelector('h2')?.focus();
  }

  async function reload() {
    try {
      await Promise.all([store.loadQueues(), store.load()]);
    } catch (problem) {
      fleet.toasts.fail(problem);
    }
  }

  fleet.store.on('job', job => store.take(job));
  fleet.store.on('queue', dto => store.takeQueue(dto));
  fleet.store.on('tick', () => store.tick());
  fleet.store.on('resync', reload);
  reload();

  return {
    show,
    repaint: () => panel?.view.repaint?.(),
    press(event, typing) {
      if (typing) return;
      if (event.key === 'Escape' && panel) close();
      else if (event.key === '/' && lists[list].search) {
        event.preventDefault();
        lists[list].search();
      }
    },
  };
}

const RESERVED = ['queues', 'dead-letters', 'schedules', 'submit'];
const isJob = ([queue, id]) => Boolean(id) && !RESERVED.includes(queue);

/** What is open beside the list: {address, key, create}, or null. */
function panelOf(steps, jobs) {
  const [place, one, two] = steps;
  const address = steps.join('/');
  const panel = (create, key = null) => ({address, key, create});
  if (isJob(steps)) return panel(() => createJobPanel({queue: place, id: one}, jobs), `${place}/${one}`);
  if (place === 'queues' && one) return panel(() => createQueuePanel(one, jobs));
  if (place === 'submit' && jobs.canWrite) return panel(() => createSubmitPanel(jobs));
  if (place === 'dead-letters' && two) return panel(() => createDeadLetterPanel({queue: one, id: two}, jobs), `${one}/${two}`);
  if (place === 'schedules' && one === 'new' && jobs.canWrite) return panel(() => createSchedulePanel(null, jobs));
  if (place === 'schedules' && two) return panel(() => createSchedulePanel({queue: one, name: two}, jobs), `${one}/${two}`);
  return null;
}
