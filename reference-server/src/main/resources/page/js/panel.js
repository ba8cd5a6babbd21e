// What the panels beside the lists have in common: a head with actions and a cross, and facts and JSON below.
import {h, icon} from './dom.js';
import {pretty} from './format.js';

const SHOWN_CHARACTERS = 100_000;

/** @param below what stands under the heading */
export function panelHead({heading, below = [], actions = [], close}) {
  return h(
    'header',
    {class: 'detail-head'},
    h(
      'div',
      {class: 'detail-title'},
      h('div', {class: 'grow'}, h('h2', {tabindex: '-1', title: heading}, h('bdi', {}, heading)), h('div', {class: 'row'}, below)),
      h(
        'div',
        {class: 'row'},
        actions,
        h(
          'button',
          {class: 'button plain square', type: 'button', 'aria-label': 'Close these details', onclick: close},
          icon('M6 6l12 12M18 6 6 18'),
        ),
      ),
    ),
  );
}

export const panelBody = (...children) => h('div', {class: 'panel', tabindex: '-1'}, children);

export const block = (name, ...content) => h('section', {class: 'block'}, h('h3', {}, name), content);

/** Names and values; what has no value is left out. */
export function facts(values) {
  const shown = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return h(
    'dl',
    {class: 'facts'},
    shown.flatMap(([name, value]) => [
      h('dt', {}, h('bdi', {}, name)),
      h('dd', {}, value instanceof Node ? value : h('bdi', {}, String(value))),
    ]),
  );
}

/** JSON as indented text; a text that is no JSON stays as it is. The end of a very long one is left out. */
export function jsonText(value) {
  const whole = typeof value === 'string' ? value : pretty(value);
  const shown = whole.length > SHOWN_CHARACTERS ? `${whole.slice(0, SHOWN_CHARACTERS)}\n… ${whole.length} characters in all` : whole;
  return h('pre', {tabindex: '0'}, shown);
}

/** A button that does nothing more while what it does goes on, and keeps the focus; failures are told. */
export function actionButton(label, toasts, act, look = '') {
  const button = h('button', {class: `button ${look}`, type: 'button', onclick: press}, label);
  let busy = false;

  async function press() {
    if (busy) return;
    busy = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await act();
    } catch (problem) {
      toasts.fail(problem);
    } finally {
      busy = false;
      button.removeAttribute('aria-busy');
    }
  }

  return button;
}

/** Writes a list anew. What had the focus is found again by its `data-keep`. */
export function rewrite(root, children) {
  const kept = root.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
  root.replaceChildren(...children);
  if (kept) root.querySelector(`[data-keep="${CSS.escape(kept)}"]`)?.focus();
}
