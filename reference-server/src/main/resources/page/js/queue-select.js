// A choice of queue, filled as soon as the queues are known.
import {h} from './dom.js';

/** @param wanted the queue that is chosen at first, where it is there */
export function createQueueSelect(store, scope, wanted) {
  const select = h('select', {required: true});

  function offer() {
    const names = [...store.queues.keys()].sort();
    if (select.children.length === names.length) return;
    const chosen = select.value || wanted;
    select.replaceChildren(...names.map(name => h('option', {value: name}, name)));
    select.value = names.includes(chosen) ? chosen : (names[0] ?? '');
  }

  scope.on('queues', offer);
  offer();
  return select;
}
