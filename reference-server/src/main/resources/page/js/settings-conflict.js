// What an editor shows when somebody else was faster: both sides, and the two ways on.
import {breakable, h, icon} from './dom.js';
import {leaves} from './json.js';
import {json} from './format.js';

const WARNING = 'M12 4 22 20H2ZM12 10v4m0 3v.01';

export const warning = content => h('div', {class: 'note warn'}, icon(WARNING), h('div', {class: 'stack grow'}, content));

/** @param began {revision, payload, shown} the editor began with; theirs the newest desired settings; mine the form's document */
export function conflictNotice({began, theirs, mine, takeTheirs, putMineOnTheirs}) {
  const by = theirs.requestedBy ? [' by ', h('bdi', {}, theirs.requestedBy)] : '';
  const what = h('b', {}, `Revision ${theirs.revision} was saved meanwhile`);
  const notice = warning([
    h('p', {}, what, by, `. You began with ${began.revision}; nothing of yours is saved yet.`),
    differences(began, theirs.payload, mine),
    h(
      'div',
      {class: 'row'},
      button('button', 'Discard mine, take theirs', takeTheirs),
      button('button primary', 'Put my changes on theirs', putMineOnTheirs),
    ),
  ]);
  notice.dataset.role = 'conflict';
  return notice;
}

const button = (look, label, onclick) => h('button', {class: look, type: 'button', onclick}, label);

/** The settings that either side changed. */
function differences({payload, shown}, theirs, mine) {
  const [before, now, start, wanted] = [payload, theirs, shown, mine].map(part => leaves(part));
  const changed = (one, other, pointer) => json(one.get(pointer)) !== json(other.get(pointer));
  const pointers = [...new Set([...before.keys(), ...now.keys(), ...start.keys(), ...wanted.keys()])];
  const rows = pointers.filter(pointer => changed(before, now, pointer) || changed(start, wanted, pointer));
  const heads = ['Setting', 'Saved by others', 'Yours'].map(name => h('th', {scope: 'col'}, name));
  return h(
    'table',
    {class: 'compare'},
    h('thead', {}, h('tr', {}, heads)),
    h(
      'tbody',
      {},
      rows.map(pointer => row(pointer, now, wanted, changed(start, wanted, pointer))),
    ),
  );
}

function row(pointer, now, wanted, isMine) {
  const mine = isMine ? json(wanted.get(pointer)) : h('span', {class: 'soft'}, 'not changed');
  return h('tr', {}, h('th', {scope: 'row', class: 'pointer'}, breakable(pointer)), h('td', {}, json(now.get(pointer))), h('td', {}, mine));
}
