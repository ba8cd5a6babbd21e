// Short messages in the corner. Failures stay until they are dismissed; news goes by itself.
import {h} from './dom.js';
import {Problem} from './api.js';

const NEWS_MS = 5_000;
const MOST = 4;

export class Toasts {
  #root;

  constructor(root) {
    this.#root = root;
  }

  tell(title, detail = '') {
    const toast = this.#show('toast', 'status', title, detail, []);
    setTimeout(() => toast.remove(), NEWS_MS);
  }

  /** Shows what went wrong, with the faults the server named. */
  fail(error) {
    const known = error instanceof Problem;
    if (known && error.status === 401) return;
    if (!known) console.error(error);
    this.#show('toast bad', 'alert', known ? error.title : 'The page failed', known ? error.detail : String(error), error.faults ?? []);
  }

  #show(kind, role, title, detail, faults) {
    const toast = h(
      'div',
      {class: kind, role},
      h('b', {}, title),
      h('button', {class: 'button plain tight', type: 'button', 'aria-label': 'Dismiss', onclick: () => toast.remove()}, '✕'),
      detail ? h('p', {}, detail) : null,
      faults.length > 0
        ? h(
            'ul',
            {},
            faults.map(fault => h('li', {}, `${fault.field}: ${fault.rule}`)),
          )
        : null,
    );
    this.#root.append(toast);
    while (this.#root.children.length > MOST) this.#root.firstElementChild.remove();
    return toast;
  }
}
