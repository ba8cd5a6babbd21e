// Changes desired settings on the revision it began with. When somebody else was faster it shows both, and the operator
// chooses: theirs, or one's own changes on top of theirs.
import {field, h} from './dom.js';
import {createJsonForm, createSchemaForm, InvalidField, isSimple} from './schema-form.js';
import {conflictNotice, warning} from './settings-conflict.js';
import {patchBetween, patched} from './json.js';
import {robotPath} from './api.js';

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

  /** Where nothing is desired yet the form begins with what the robot reports; only what is changed becomes desired. */
  function begin(from) {
    const payload = from.payload ?? {};
    base = {revision: from.revision, payload, shown: from.revision === 0 ? (reported?.payload ?? {}) : payload};
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
      const payload = patched(base.payload, patchBetween(base.shown, form.read()));
      save.disabled = true;
      await api.put(robotPath(robot.id, '/settings/desired'), {payload}, base.revision);
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
      const began = base;
      const takeTheirs = () => {
        begin(theirs);
        rebuild(theirs.payload);
      };
      const putMineOnTheirs = () => {
        begin(theirs);
        rebuild(patched(theirs.payload, patchBetween(began.shown, mine)));
        save.focus();
      };
      notice.replaceChildren(conflictNotice({began, theirs, mine, takeTheirs, putMineOnTheirs}));
      notice.scrollIntoView({block: 'nearest'});
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  begin(desired);
  rebuild(base.shown);

  return {
    element,
    focus: () => element.querySelector('input, select, textarea')?.focus(),
    /** Tells an open editor that a newer revision exists. */
    newest(latest) {
      if (latest.revision <= base.revision || notice.children.length > 0) return;
      notice.replaceChildren(warning(h('p', {}, `Revision ${latest.revision} was saved meanwhile. Saving will show you both.`)));
    },
  };
}
