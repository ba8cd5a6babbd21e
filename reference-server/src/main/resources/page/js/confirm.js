// A dialog that asks before something that is hard to undo.
import {h, field} from './dom.js';

/**
 * Resolves to {reason}, or null when the operator thought better of it.
 *
 * @param reason what stands for the reason where none is given; without it none is asked for
 */
export function confirm({heading, explanation, caution, action, danger = false, reason = null}) {
  return new Promise(resolve => {
    const why = h('input', {maxlength: '200', autocomplete: 'off', placeholder: reason});
    const yes = h('button', {class: danger ? 'button stop' : 'button primary', type: 'submit', value: 'yes', autofocus: danger}, action);
    const no = h('button', {class: 'button', type: 'button', autofocus: !danger, onclick: () => dialog.close()}, 'Cancel');
    const dialog = h(
      'dialog',
      {class: danger ? 'danger' : null, 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-text'},
      h(
        'form',
        {method: 'dialog'},
        h('h2', {id: 'confirm-title'}, heading),
        h('p', {id: 'confirm-text'}, explanation),
        reason ? field('Reason (optional)', why) : null,
        caution ? h('p', {class: 'soft small'}, caution) : null,
        h('div', {class: 'row end'}, no, yes),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? {reason: why.value.trim() || reason} : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
