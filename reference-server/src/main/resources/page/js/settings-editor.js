// Changes desired settings on the revision it began with. When somebody else was faster it shows both, and the operator
// chooses: theirs, or one's own changes on top of theirs.
import {breakable, field, h, icon} from './dom.js';
import {createJsonForm, createSchemaForm, InvalidField, isSimple} from './schema-form.js';
import {leaves, patchBetween, patched} from './json.js';
import {json} from './format.js';
import {robotPath} from './api.js';

const WARNING = 'M12 4 22 20H2ZM12 10v4m0 3v.01';

/** @param close called with true when the settings were changed */
export function createEditor({robot, fleet, desired, reported, close}) {
  const {api, toasts} = fleet;
  const schema = robot.dto.capability?.settingsSchema;
  const simple = isSimple(schema);
  const raw = h('input', {type: 'checkbox', checked: !simple, disabled: !simple, onchange: () => rebuild(draft())});
  const place = h('div', {});
  const notice = h('div', {role: 'alert', class: 'stack'});
  const revision = h('span', {class: 'soft small'});
  const save = h('button', {class: 'button primary', type: 'submit'}, 'Save');
  const element = h(
    'form',
    {class: 'stack card', novalidate: true, 'data-form': 'settings', onsubmit: submit},
    h('div', {class: 'row'}, h('h3', {class: 'grow'}, 'Desired settings'), revision),
    notice,
    place,
    field('Edit as JSON', raw),
    h('div', {class: 'row end'}, h('button', {class: 'button', type: 'button', onclick: () => close(false)}, 'Cancel'), save),
  );
  let base = null;
  let form = null;

  /** What nobody desired yet starts from what the robot reports, so that the form is not empty. */
  function begin(from) {
    base = {revision: from.revision, payload: from.payload ?? {}};
    revision.textContent = base.revision === 0 ? 'first revision' : `based on revision ${base.revision}`;
    notice.replaceChildren();
  }

  function draft() {
    try {
      return form.read();
    } catch (fault) {
      if (!(fault instanceof InvalidField)) throw fault;
      raw.checked = !raw.checked;
      return null;
    }
  }

  function rebuild(value) {
    if (value === null) return;
    form = raw.checked ? createJsonForm(value, 'Desired settings (JSON)') : createSchemaForm(schema, value);
    place.replaceChildren(form.element);
  }

  async function submit(event) {
    event.preventDefault();
    try {
      const mine = form.read();
      save.disabled = true;
      await api.put(robotPath(robot.id, '/settings/desired'), {payload: mine}, base.revision);
      close(true);
    } catch (problem) {
      if (problem instanceof InvalidField) return;
      if (problem.status === 412 || problem.status === 409) await conflict();
      else toasts.fail(problem);
    } finally {
      save.disabled = false;
    }
  }

  async function conflict() {
    try {
      const theirs = await api.get(robotPath(robot.id, '/settings/desired'));
      const mine = form.read();
      notice.replaceChildren(
        h(
          'div',
          {class: 'note warn', 'data-role': 'conflict'},
          icon(WARNING),
          h(
            'div',
            {class: 'stack grow'},
            h(
              'p',
              {},
              h('b', {}, `Revision ${theirs.revision} was saved meanwhile`),
              theirs.requestedBy ? ' by ' : '',
              h('bdi', {}, theirs.requestedBy ?? ''),
              `. You began with ${base.revision}; nothing of yours is saved yet.`,
            ),
            differences(base.payload, theirs.payload, mine),
            h(
              'div',
              {class: 'row'},
              h(
                'button',
                {
                  class: 'button',
                  type: 'button',
                  onclick: () => {
                    begin(theirs);
                    rebuild(theirs.payload);
                  },
                },
                'Discard mine, take theirs',
              ),
              h(
                'button',
                {
                  class: 'button primary',
                  type: 'button',
                  onclick: () => {
                    const changes = patchBetween(base.payload, mine);
                    begin(theirs);
                    rebuild(patched(theirs.payload, changes));
                    save.focus();
                  },
                },
                'Put my changes on theirs',
              ),
            ),
          ),
        ),
      );
      notice.scrollIntoView({block: 'nearest'});
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  rebuild(desired.revision === 0 ? (reported?.payload ?? {}) : desired.payload);
  begin(desired);

  return {
    element,
    focus: () => element.querySelector('input, select, textarea')?.focus(),
    /** Tells an open editor that a newer revision exists. */
    newest(latest) {
      if (latest.revision <= base.revision || notice.children.length > 0) return;
      notice.replaceChildren(
        h(
          'div',
          {class: 'note warn'},
          icon(WARNING),
          h('p', {class: 'grow'}, `Revision ${latest.revision} was saved meanwhile. Saving will show you both.`),
        ),
      );
    },
  };
}

function differences(base, theirs, mine) {
  const [was, now, wanted] = [base, theirs, mine].map(document => leaves(document));
  const pointers = [...new Set([...was.keys(), ...now.keys(), ...wanted.keys()])].filter(
    pointer => json(was.get(pointer)) !== json(now.get(pointer)) || json(was.get(pointer)) !== json(wanted.get(pointer)),
  );
  return h(
    'table',
    {class: 'compare'},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Setting', 'Saved by others', 'Yours'].map(name => h('th', {scope: 'col'}, name)),
      ),
    ),
    h(
      'tbody',
      {},
      pointers.map(pointer =>
        h(
          'tr',
          {},
          h('th', {scope: 'row', class: 'pointer'}, breakable(pointer)),
          h('td', {}, json(now.get(pointer))),
          h('td', {}, json(wanted.get(pointer))),
        ),
      ),
    ),
  );
}
