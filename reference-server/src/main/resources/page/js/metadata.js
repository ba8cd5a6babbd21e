// What operators say of a robot: name, tags, notes, and whether work may be given to it.
import {h, field} from './dom.js';
import {robotPath} from './api.js';
import {moment} from './format.js';

export function createMetadata(robot, fleet) {
  const element = h('section', {class: 'block'});
  const edit = h('button', {class: 'button', type: 'button', onclick: openForm}, 'Edit');
  edit.hidden = !fleet.canWrite;
  let editing = false;
  let shown = '';

  function refresh() {
    const {displayName, tags, notes, isEnabled} = robot.dto;
    const news = JSON.stringify([displayName, tags, notes, isEnabled]);
    if (editing || news === shown) return;
    shown = news;
    element.replaceChildren(
      h('div', {class: 'row'}, h('h3', {class: 'grow'}, 'Operators’ notes'), edit),
      h(
        'dl',
        {class: 'facts'},
        h('dt', {}, 'Display name'),
        h('dd', {}, h('bdi', {}, displayName ?? '–')),
        h('dt', {}, 'Tags'),
        h(
          'dd',
          {},
          robot.tags.length > 0
            ? h(
                'span',
                {class: 'tags'},
                robot.tags.map(tag => h('span', {class: 'chip tag'}, h('bdi', {}, tag))),
              )
            : '–',
        ),
        h('dt', {}, 'Takes work'),
        h('dd', {}, isEnabled === false ? 'no' : 'yes'),
        h('dt', {}, 'Notes'),
        h('dd', {}, h('bdi', {}, notes || '–')),
      ),
    );
  }

  function openForm() {
    editing = true;
    element.replaceChildren(
      createForm(robot, fleet, () => {
        editing = false;
        shown = '';
        refresh();
        edit.focus();
      }),
    );
    element.querySelector('input').focus();
  }

  refresh();
  return {element, refresh};
}

function createForm(robot, fleet, done) {
  const began = robot.dto.metadataRevision;
  const name = h('input', {type: 'text', maxlength: '256', autocomplete: 'off', value: robot.dto.displayName ?? '', placeholder: robot.id});
  const tags = createTags(robot.tags);
  const notes = h('textarea', {maxlength: '16384', rows: '4', value: robot.dto.notes ?? ''});
  const enabled = h('input', {type: 'checkbox', checked: robot.dto.isEnabled !== false});
  const save = h('button', {class: 'button primary', type: 'submit'}, 'Save');
  return h(
    'form',
    {class: 'stack card', 'data-form': 'metadata', onsubmit: submit},
    h('h3', {}, 'Operators’ notes'),
    field('Display name', name, {hint: 'Empty: the robot’s id'}),
    tags.element,
    field('Notes', notes),
    field('Work may be given to this robot', enabled),
    h('div', {class: 'row end'}, h('button', {class: 'button', type: 'button', onclick: done}, 'Cancel'), save),
  );

  async function submit(event) {
    event.preventDefault();
    save.disabled = true;
    const change = {displayName: name.value.trim(), isEnabled: enabled.checked, tags: tags.read(), notes: notes.value};
    try {
      const dto = await fleet.api.put(robotPath(robot.id), change, began);
      fleet.store.take('robot.meta.updated', dto);
      done();
    } catch (problem) {
      if (problem.status === 412)
        fleet.toasts.tell(
          'Somebody else changed these notes',
          `They were saved at ${moment(Date.now())}. Close the form to see theirs, then edit again.`,
        );
      else fleet.toasts.fail(problem);
    } finally {
      save.disabled = false;
    }
  }
}

/** Tags as removable chips; Enter or leaving the field adds one. */
function createTags(initial) {
  const tags = new Set(initial);
  const chips = h('span', {class: 'tags'});
  const input = h('input', {
    type: 'text',
    maxlength: '256',
    autocomplete: 'off',
    placeholder: 'Add a tag and press Enter',
    onkeydown: key,
    onblur: add,
  });

  function show() {
    chips.replaceChildren(
      ...[...tags].map(tag =>
        h(
          'span',
          {class: 'chip'},
          h('bdi', {}, tag),
          h(
            'button',
            {
              type: 'button',
              'aria-label': `Remove tag ${tag}`,
              onclick: () => {
                tags.delete(tag);
                show();
                input.focus();
              },
            },
            '✕',
          ),
        ),
      ),
    );
    chips.hidden = tags.size === 0;
  }

  function add() {
    const tag = input.value.trim();
    if (tag) tags.add(tag);
    input.value = '';
    show();
  }

  function key(event) {
    if (event.key !== 'Enter' || !input.value.trim()) return;
    event.preventDefault();
    add();
  }

  show();
  const element = field('Tags', input);
  element.insertBefore(chips, input);
  return {
    element,
    read: () => {
      add();
      return [...tags];
    },
  };
}
