// The view of training. The address says what is open: #/training, #/training/{run}.
import {h} from './dom.js';
import {createTrainingPanel} from './training-panel.js';
import {createTrainingTable} from './training-table.js';

const EVERY_MS = 3_000;

export function createTraining(root, fleet) {
  const {api, toasts, canWrite} = fleet;
  const training = {api, toasts, canWrite, now: () => fleet.store.now(), open, close, refresh};
  const table = createTrainingTable(training);
  const side = h('section', {class: 'detail job-side', 'aria-label': 'Details', hidden: true});
  let panel = null;
  let wantsFocus = false;
  let due = 0;

  root.replaceChildren(h('div', {class: 'models-main'}, table.element), side);

  /** Goes to a run. */
  function open(run) {
    wantsFocus = true;
    location.hash = `#/training/${encodeURIComponent(run)}`;
  }

  function close() {
    location.hash = '#/training';
    table.focus();
  }

  function show() {
    if (root.hidden) return showPanel(null);
    if (performance.now() > due) refresh();
    const [run] = location.hash.slice(2).split('/').slice(1).map(decodeURIComponent);
    table.select(run ?? null);
    showPanel(run ?? null);
    wantsFocus = false;
  }

  function showPanel(run) {
    if ((panel?.run ?? null) === run) return;
    panel?.view.end();
    panel = run && {run, view: createTrainingPanel(run, training)};
    root.classList.toggle('has-detail', Boolean(panel));
    side.hidden = !panel;
    side.replaceChildren(...(panel?.view.elements ?? []));
    if (panel && wantsFocus) side.querySelector('h2')?.focus();
  }

  async function refresh() {
    due = performance.now() + EVERY_MS;
    await Promise.all([table.refresh(), panel?.view.refresh()]);
  }

  fleet.store.on('tick', () => {
    if (root.hidden) return;
    if (performance.now() > due) refresh();
    else if (panel?.view.isLive()) panel.view.refresh();
  });
  fleet.store.on('resync', () => {
    if (!root.hidden) refresh();
  });

  return {
    show,
    repaint: () => panel?.view.repaint(),
    press(event, typing) {
      if (!typing && event.key === 'Escape' && panel) close();
    },
  };
}
