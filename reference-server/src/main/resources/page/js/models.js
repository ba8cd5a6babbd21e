// The view of models. The address says what is open: #/models, #/models/{name}, #/models/{name}/{version}.
import {h} from './dom.js';
import {createModelTable} from './model-table.js';
import {createModelPanel} from './model-panel.js';
import {createVersionPanel} from './version-panel.js';

const EVERY_MS = 10_000;

export function createModels(root, fleet) {
  const {api, toasts, canWrite, isAdmin} = fleet;
  const models = {api, toasts, canWrite, isAdmin, now: () => fleet.store.now(), open, close, refresh};
  const table = createModelTable(models);
  const side = h('section', {class: 'detail job-side', 'aria-label': 'Details', hidden: true});
  let panel = null;
  let wantsFocus = false;
  let due = 0;

  root.replaceChildren(h('div', {class: 'models-main'}, table.element), side);

  /** Goes to an address of this view. @param focus whether the keyboard goes along */
  function open(address, focus) {
    wantsFocus = focus;
    if (location.hash === address) show();
    else location.hash = address;
  }

  function close() {
    open('#/models', false);
    table.focus();
  }

  function show() {
    if (root.hidden) return showPanel(null);
    if (performance.now() > due) refresh();
    const [name, version] = location.hash.slice(2).split('/').slice(1).map(decodeURIComponent);
    table.select(name ?? null);
    showPanel(name ? panelOf(name, version) : null);
    wantsFocus = false;
  }

  function panelOf(name, version) {
    const create = () => (version ? createVersionPanel(name, version, models) : createModelPanel(name, models));
    return {address: `${name}/${version ?? ''}`, create};
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

  /** Asks for everything again: what is shown beside the table as well. */
  async function refresh() {
    due = performance.now() + EVERY_MS;
    await Promise.all([table.refresh(), panel?.view.refresh()]);
  }

  fleet.store.on('tick', () => {
    if (!root.hidden && performance.now() > due) refresh();
  });
  fleet.store.on('resync', () => {
    if (!root.hidden) refresh();
  });

  return {
    show,
    repaint: () => panel?.view.repaint?.(),
    press(event, typing) {
      if (typing) return;
      if (event.key === 'Escape' && panel) close();
      else if (event.key === '/') {
        event.preventDefault();
        table.search();
      }
    },
  };
}
