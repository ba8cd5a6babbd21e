// How many robots are in which condition; a count is also the filter that shows only those.
import {h, text} from './dom.js';
import {CONDITIONS, conditionIcon} from './conditions.js';

export function createSummary(root, store) {
  const buttons = new Map();

  function refresh() {
    const counts = new Map();
    for (const robot of store.robots.values()) counts.set(robot.condition, (counts.get(robot.condition) ?? 0) + 1);
    for (const condition of Object.keys(CONDITIONS)) {
      const count = counts.get(condition) ?? 0;
      const chosen = store.filter.condition === condition;
      if (count === 0 && !chosen && !buttons.has(condition)) continue;
      const button = buttons.get(condition) ?? create(condition);
      button.element.hidden = count === 0 && !chosen;
      button.element.setAttribute('aria-pressed', String(chosen));
      text(button.count, count);
    }
  }

  function create(condition) {
    const {label} = CONDITIONS[condition];
    const count = h('b', {});
    const element = h(
      'button',
      {class: 'button tight', type: 'button', title: label, 'data-condition': condition, onclick: () => toggle(condition)},
      conditionIcon(condition),
      count,
      ' ',
      h('span', {}, label.toLowerCase()),
    );
    const button = {element, count};
    buttons.set(condition, button);
    const order = Object.keys(CONDITIONS);
    const next = [...root.children].find(child => order.indexOf(child.dataset.condition) > order.indexOf(condition));
    root.insertBefore(element, next ?? null);
    return button;
  }

  function toggle(condition) {
    store.narrow({condition: store.filter.condition === condition ? '' : condition});
  }

  store.on('tick', refresh);
  store.on('resync', refresh);
  store.on('filter', refresh);
}
