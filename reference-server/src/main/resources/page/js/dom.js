// Builds elements. Text always becomes text nodes: names, tags and messages come from outside and are never read as markup.
const SVG = 'http://www.w3.org/2000/svg';

/** h('p', {class: 'soft', onclick: f}, 'text', child, null) */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'value' || name === 'checked') element[name] = value;
  else element.setAttribute(name, value === true ? '' : value);
}

/** A part of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon of one path; decorative, so hidden from screen readers. */
export function icon(path, {stroked = true, box = '0 0 24 24', name = ''} = {}) {
  const look = stroked ? {fill: 'none', 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round'} : {stroke: 'none'};
  return svg('svg', {viewBox: box, class: `icon ${name}`, 'aria-hidden': 'true'}, svg('path', {d: path, 'fill-rule': 'evenodd', ...look}));
}

/** Writes only what changed, so that a refresh costs nothing and keeps selections alive. */
export function text(node, value) {
  const words = String(value ?? '');
  if (node.textContent !== words) node.textContent = words;
  return node;
}

let ids = 0;

/** A label above its control, with an optional hint that the control is described by. */
export function field(label, control, {hint = '', wide = false} = {}) {
  control.id ||= `f${++ids}`;
  const note = hint ? h('span', {class: 'hint', id: `${control.id}-hint`}, hint) : null;
  if (note) control.setAttribute('aria-describedby', note.id);
  const words = h('label', {for: control.id}, label);
  return control.type === 'checkbox'
    ? h('div', {class: `field check${wide ? ' wide' : ''}`}, control, words, note)
    : h('div', {class: `field${wide ? ' wide' : ''}`}, words, control, note);
}

/** Choices as [value, label] pairs. */
export function select(choices, value, properties = {}) {
  const element = h(
    'select',
    properties,
    choices.map(([v, label]) => h('option', {value: v}, label)),
  );
  element.value = value;
  return element;
}

/** A pointer that may be broken after each slash. */
export function breakable(pointer) {
  return pointer
    .slice(1)
    .split('/')
    .flatMap((step, i) => (i === 0 ? [step] : ['/', h('wbr'), step]));
}
