// Shows what the server found wrong with a form: each fault at its control, the rest below.
import {h, text} from './dom.js';

/**
 * @param controls by the last part of the field's name, such as cron
 * @return {clear(), show(problem)}; show tells in `fault` what belongs to no control
 */
export function createFaults(controls, fault) {
  const notes = [];

  function clear() {
    text(fault, '');
    for (const note of notes.splice(0)) note.remove();
    for (const control of Object.values(controls)) control.removeAttribute('aria-invalid');
  }

  function mark(control, words) {
    const note = h('p', {class: 'fault', id: `${control.id}-fault`}, words);
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-errormessage', note.id);
    control.after(note);
    notes.push(note);
  }

  function show(problem) {
    clear();
    const faults = problem.faults ?? [];
    const rest = faults.filter(({field, rule}) => {
      const control = controlOf(field);
      if (control) mark(control, `${field} ${rule}.`);
      return !control;
    });
    const told = faults.length > 0 ? rest.map(({field, rule}) => `${field} ${rule}.`) : [problem.detail || String(problem.message)];
    text(fault, [`${problem.title ?? 'The page failed'}.`, ...told].join(' '));
    Object.values(controls)
      .find(control => control.hasAttribute('aria-invalid'))
      ?.focus();
  }

  function controlOf(field) {
    const name = String(field)
      .split('.')
      .find(part => controls[part]);
    return name && controls[name];
  }

  return {clear, show};
}

/** JSON of any kind; empty text is none. Throws at the control. */
export function readJson(area) {
  area.setCustomValidity('');
  if (area.value.trim() === '') return null;
  try {
    return JSON.parse(area.value);
  } catch (fault) {
    area.setCustomValidity(fault.message);
    area.addEventListener('input', () => area.setCustomValidity(''), {once: true});
    throw fault;
  }
}
