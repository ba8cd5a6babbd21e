// One job: where it stands, its attempts on a line of time, what went in and came out, and the flow it is part of.
import {h, text} from './dom.js';
import {isOpen, progressBar, stateChip} from './job-states.js';
import {jobPath, keyOf, queuePath} from './job-store.js';
import {ahead, span} from './job-times.js';
import {createTimeline} from './job-timeline.js';
import {createJobTree} from './job-tree.js';
import {actionButton, block, facts, jsonText, panelBody, panelHead} from './panel.js';
import {clock, moment, words} from './format.js';

export function createJobPanel(ref, jobs) {
  const {api, store, toasts, canWrite} = jobs;
  const scope = store.scope();
  const state = stateChip();
  const cancel = actionButton('Cancel job', toasts, () => change('/cancel'), 'tight');
  const retry = actionButton('Retry', toasts, () => change('/retry'), 'tight primary');
  cancel.hidden = retry.hidden = true;
  const type = h('span', {});
  const head = panelHead({heading: ref.id, below: [state.element, type], actions: [retry, cancel], close: jobs.close});
  const notices = h('div', {class: 'stack', role: 'status'});
  const bar = progressBar();
  const message = h('p', {class: 'soft'});
  const timeline = createTimeline();
  const tree = createJobTree(ref, jobs);
  const attempts = h('section', {class: 'block'});
  const contents = h('div', {});
  const loading = h('p', {class: 'soft'}, 'Loading…');
  const told = h(
    'div',
    {hidden: true},
    h('section', {class: 'block'}, notices, bar.element, message, timeline.element),
    attempts,
    tree.element,
    contents,
  );
  let job = null;
  let newest = null;
  let shown = '';

  async function load() {
    try {
      await ask(api.get(jobPath(ref)));
      loading.hidden = true;
      told.hidden = false;
      refresh();
      tree.follow(job);
    } catch (problem) {
      text(loading, problem.status === 404 ? 'Nothing of this job is kept.' : problem.message);
      loading.hidden = false;
      told.hidden = true;
    }
  }

  /** What was told while the answer was on its way counts more: it may be newer. */
  async function ask(request) {
    const before = newest;
    const answer = await request;
    become(newest === before ? answer : {input: answer.input, ...newest});
  }

  /** Only the input is left out of what is told; what else is missing is no more. */
  function become(next) {
    job = {...next, input: next.input ?? job?.input};
  }

  async function change(step) {
    await ask(api.post(jobPath(ref, step)));
    refresh();
  }

  function refresh() {
    const open = isOpen(job);
    state.show(job);
    text(type, job.type || 'no type');
    cancel.hidden = !canWrite || !open;
    cancel.disabled = job.cancelling === true;
    retry.hidden = !canWrite || job.state !== 'FAILED';
    bar.show(job);
    text(message, open ? (job.progress?.message ?? '') : '');
    message.hidden = !message.textContent;
    timeline.show(job, store.now());
    const {progress, state: _, cancelling, ...rest} = job;
    const news = JSON.stringify([rest, progress?.detail, job.state, cancelling]);
    if (news === shown) return;
    shown = news;
    notices.replaceChildren(...noticesOf(job, store.now()));
    attempts.replaceChildren(...attemptsOf(job));
    attempts.hidden = attempts.children.length === 0;
    contents.replaceChildren(...contentsOf(job));
  }

  scope.on('jobs', news => {
    newest = news.get(keyOf(ref)) ?? newest;
    if (!job || !news.has(keyOf(ref))) return;
    const ended = isOpen(job) && !isOpen(newest);
    become(newest);
    refresh();
    tree.follow(job);
    if (ended) load();
  });
  scope.on('tick', () => {
    if (job && isOpen(job)) timeline.show(job, store.now());
  });
  scope.on('loaded', () => {
    if (job) load();
  });
  load();

  return {
    elements: [head, panelBody(loading, told)],
    end() {
      tree.end();
      scope.close();
    },
  };
}

function noticesOf(job, now) {
  const notes = [];
  const error = job.error ?? (job.state === 'RETRYING' ? job.attempts?.at(-1)?.error : null);
  if (error)
    notes.push(
      note(job.state === 'RETRYING' ? 'warn' : 'bad', h('b', {class: 'mono'}, error.name), ' ', h('bdi', {}, error.message ?? '')),
    );
  if (job.state === 'RETRYING' && job.runAt)
    notes.push(note('', `The next attempt starts ${ahead(job.runAt, now)}, at ${clock(job.runAt)}.`));
  if (job.state === 'DELAYED' && job.runAt) notes.push(note('', `It starts ${ahead(job.runAt, now)}, at ${moment(job.runAt)}.`));
  if (job.state === 'BLOCKED')
    notes.push(note('', `It waits for ${job.children?.length > 0 ? 'its children' : 'the active job with the same key'}.`));
  if (job.state === 'FAILED') {
    const dead = `#/jobs/dead-letters/${encodeURIComponent(job.queue)}/${encodeURIComponent(job.id)}`;
    notes.push(h('p', {}, h('a', {href: dead}, 'See it in the dead letters')));
  }
  return notes;
}

const note = (look, ...content) => h('div', {class: `note ${look}`}, h('p', {class: 'grow'}, content));

function attemptsOf(job) {
  const {attempts = []} = job;
  if (attempts.length === 0) return [];
  const unended = isOpen(job) ? ', under way' : ', no end';
  return [h('h3', {}, attempts.length === 1 ? 'Attempt' : 'Attempts'), attemptList(attempts, unended)];
}

/** @param unended what to say of the last one where it has no end; of those before it, their workers vanished */
export function attemptList(attempts, unended = ', no end') {
  return h(
    'ol',
    {class: 'attempts'},
    attempts.map((attempt, i) => attemptItem(attempt, i === attempts.length - 1 ? unended : ', no end')),
  );
}

function attemptItem({number, worker, startedAt, endedAt, error}, unended) {
  const took = endedAt ? ` for ${span(Date.parse(endedAt) - Date.parse(startedAt))}` : unended;
  return h(
    'li',
    {class: error ? 'failed' : null},
    h('b', {}, number),
    h('span', {}, clock(startedAt), h('span', {class: 'soft'}, took)),
    h('span', {class: 'mono soft'}, worker),
    error ? h('p', {class: 'fault'}, h('span', {class: 'mono'}, error.name), ' ', h('bdi', {}, error.message ?? '')) : null,
  );
}

function contentsOf(job) {
  const {progress, input, result, metadata = {}} = job;
  const parts = [
    ['Input', input],
    ['Result', result],
    ['Progress detail', Object.keys(progress?.detail ?? {}).length > 0 ? progress.detail : undefined],
  ];
  return [
    input === undefined && !isOpen(job) ? block('Input', h('p', {class: 'soft'}, 'It is no longer kept.')) : '',
    ...parts.filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => block(name, jsonText(value))),
    Object.keys(metadata).length > 0 ? block('Metadata', facts(metadata)) : '',
    block('Facts', facts(factsOf(job))),
  ];
}

function factsOf(job) {
  return {
    Queue: h('a', {href: `#${queuePath(job.queue)}`}, job.queue),
    Priority: words(job.priority),
    Tenant: job.tenant,
    Submitted: moment(job.submittedAt),
    Started: job.startedAt ? moment(job.startedAt) : null,
    Ended: job.endedAt ? moment(job.endedAt) : null,
    Deadline: job.deadline ? moment(job.deadline) : null,
  };
}
