// The flow a job is part of, from its topmost parent down, with state and progress of each; a click goes there.
import {h, text} from './dom.js';
import {isOpen, stateIcon, stateWord} from './job-states.js';
import {jobLink, jobPath, keyOf} from './job-store.js';

const MOST_PARENTS = 20;
const SHOWN_CHILDREN = 100;
const REREAD_MS = 1_000;

export function createJobTree(ref, {api, store, toasts}) {
  const scope = store.scope();
  const list = h('ul', {class: 'tree'});
  const element = h('section', {class: 'block', hidden: true}, h('h3', {}, 'Flow'), list);
  const items = new Map();
  /** What is said while the tree is on its way; null while none is. */
  let told = null;
  let family = '';
  let timer = null;
  let ended = false;

  /** Reads the tree where the job has relatives that are not shown yet. */
  function follow(job) {
    const news = JSON.stringify([job.parent ?? null, job.children ?? []]);
    if (news === family) return;
    family = news;
    if (job.parent || job.children?.length > 0) read(job);
  }

  async function read(job) {
    try {
      const top = await topOf(job);
      told = new Map();
      const tree = await api.get(jobPath(top, '/tree'));
      if (ended) return;
      items.clear();
      list.replaceChildren(branch(tree));
      show(told ?? new Map());
      element.hidden = false;
    } catch (problem) {
      if (!ended) toasts.fail(problem);
    } finally {
      told = null;
    }
  }

  /** The topmost of which something is kept. */
  async function topOf(job) {
    let top = job;
    for (let i = 0; i < MOST_PARENTS && top.parent; i++) {
      const parent = await find(top.parent);
      if (!parent) break;
      top = parent;
    }
    return top;
  }

  async function find(other) {
    try {
      return await api.get(jobPath(other));
    } catch (problem) {
      if (problem.status === 404) return null;
      throw problem;
    }
  }

  function branch({job, children = []}) {
    const item = createItem(job, keyOf(job) === keyOf(ref));
    items.set(keyOf(job), {item, job, known: children.length});
    const hidden = children.length - SHOWN_CHILDREN;
    return h(
      'li',
      {},
      item.element,
      children.length > 0
        ? h(
            'ul',
            {},
            children.slice(0, SHOWN_CHILDREN).map(branch),
            hidden > 0 ? h('li', {class: 'soft small'}, `and ${hidden} more`) : null,
          )
        : null,
    );
  }

  scope.on('jobs', news => {
    if (told) news.forEach((job, key) => told.set(key, job));
    show(news);
  });

  function show(news) {
    for (const [key, {item, known}] of items) {
      const job = news.get(key);
      if (!job) continue;
      item.show(job);
      if ((job.children?.length ?? 0) > known) timer ??= setTimeout(() => reread(job), REREAD_MS);
    }
  }

  function reread(job) {
    timer = null;
    read(job);
  }

  return {
    element,
    follow,
    end() {
      ended = true;
      clearTimeout(timer);
      scope.close();
    },
  };
}

function createItem(first, isHere) {
  const shape = h('span', {class: 'row'});
  const state = h('span', {class: 'soft small'});
  const element = h(
    'a',
    {href: jobLink(first), 'aria-current': isHere ? 'true' : null, 'data-tree': keyOf(first)},
    shape,
    h('b', {}, first.type),
    h('span', {class: 'mono soft small'}, first.id),
    state,
  );
  let shown = null;

  function show(job) {
    if (shown !== job.state) shape.replaceChildren(stateIcon((shown = job.state)));
    const fraction = job.progress?.fraction ?? 0;
    text(state, isOpen(job) && fraction > 0 ? `${stateWord(job)} ${Math.floor(fraction * 100)} %` : stateWord(job));
  }

  show(first);
  return {element, show};
}
