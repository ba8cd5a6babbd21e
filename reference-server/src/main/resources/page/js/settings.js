// The settings panel: desired beside reported, leaf by leaf, and the editor of what is desired.
import {breakable, h, text} from './dom.js';
import {equal, leaves} from './json.js';
import {json, since} from './format.js';
import {robotPath} from './api.js';
import {createEditor} from './settings-editor.js';

const STATES = {
  IN_SYNC: ['chip good', '✓ In sync', 'The robot has what is desired.'],
  PENDING: ['chip busy', '⟳ Pending', 'The robot has not answered the newest revision yet.'],
  REJECTED: ['chip bad', '✕ Rejected', 'The robot refused part of what is desired.'],
};

export function createSettings(robot, fleet) {
  const {api, store, toasts} = fleet;
  const scope = store.scope();
  const state = h('span', {'data-role': 'settings-state', role: 'status'});
  const meaning = h('p', {class: 'soft'});
  const revisions = h('span', {class: 'soft small'});
  const rows = h('tbody', {});
  const table = h(
    'table',
    {class: 'compare'},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Setting', 'Desired', 'Reported'].map(name => h('th', {scope: 'col'}, name)),
      ),
    ),
    rows,
  );
  const edit = h('button', {class: 'button', type: 'button', onclick: () => openEditor()}, 'Change desired settings');
  edit.hidden = !fleet.canWrite;
  const place = h('div', {});
  const element = h(
    'div',
    {class: 'stack'},
    h('div', {class: 'row'}, state, revisions, h('span', {class: 'grow'}), edit),
    meaning,
    place,
    table,
  );
  let known = null;
  let editor = null;

  async function load() {
    try {
      const [desired, delta, reported] = await Promise.all([
        api.get(robotPath(robot.id, '/settings/desired')),
        api.get(robotPath(robot.id, '/settings/delta')),
        api.get(robotPath(robot.id, '/settings/reported')).catch(problem => {
          if (problem.status === 404) return null;
          throw problem;
        }),
      ]);
      take({desired, delta, reported});
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  function take(news) {
    if (known && (news.desired.revision < known.desired.revision || news.delta.appliedRevision < known.delta.appliedRevision)) return;
    known = news;
    show();
    editor?.newest(known.desired);
  }

  function show() {
    const {desired, delta, reported} = known;
    const [look, label, sentence] = STATES[delta.state];
    const never = desired.revision === 0;
    state.className = never ? 'chip' : look;
    text(state, never ? 'Nothing desired' : label);
    text(meaning, never ? 'Nobody has asked this robot for other settings yet.' : sentence);
    text(revisions, `desired revision ${desired.revision}, applied ${delta.appliedRevision}`);
    const differing = new Map(delta.entries.map(entry => [entry.pointer, entry]));
    const wanted = leaves(desired.payload);
    const actual = leaves(reported?.payload);
    const pointers = [...new Set([...wanted.keys(), ...actual.keys()])].sort(
      (a, b) => differing.has(b) - differing.has(a) || a.localeCompare(b),
    );
    rows.replaceChildren(...pointers.flatMap(pointer => rowsOf(pointer, wanted, actual, differing.get(pointer), delta.state)));
    table.hidden = pointers.length === 0;
  }

  function rowsOf(pointer, wanted, actual, entry, deltaState) {
    const refused = entry && (entry.error || deltaState === 'REJECTED');
    const look = refused ? 'refused' : entry ? 'differs' : null;
    const row = h(
      'tr',
      {class: look, 'data-pointer': pointer},
      h('th', {scope: 'row', class: 'pointer'}, breakable(pointer)),
      h('td', {class: 'desired'}, wanted.has(pointer) ? h('bdi', {}, json(wanted.get(pointer))) : h('span', {class: 'soft'}, 'any')),
      h(
        'td',
        {class: 'reported'},
        actual.has(pointer) ? h('bdi', {}, json(actual.get(pointer))) : h('span', {class: 'soft'}, 'not reported'),
      ),
    );
    if (!entry) return [row];
    const why = refused
      ? h('span', {class: 'fault'}, '✕ Refused', entry.error ? ': ' : '', h('bdi', {}, entry.error ?? ''))
      : h('span', {}, '⟳ Waiting for the robot');
    const age = entry.since ? h('span', {class: 'soft'}, ` · changed ${since(entry.since, store.now())}`) : null;
    return [row, h('tr', {class: `why ${look}`}, h('td', {colspan: '3'}, why, age))];
  }

  function openEditor() {
    if (!known || editor) return;
    edit.disabled = true;
    editor = createEditor({
      robot,
      fleet,
      desired: known.desired,
      reported: known.reported,
      close(changed) {
        editor = null;
        place.replaceChildren();
        edit.disabled = false;
        edit.focus();
        if (changed) load();
      },
    });
    place.replaceChildren(editor.element);
    editor.focus();
  }

  scope.on('settings', event => {
    if (event.robotId === robot.id && (!known || !equal(event, known)))
      take({desired: event.desired, delta: event.delta, reported: event.reported});
  });
  scope.on('resync', load);
  load();

  return {element, end: () => scope.close()};
}
