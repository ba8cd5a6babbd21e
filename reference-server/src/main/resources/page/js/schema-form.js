// A form from a JSON Schema where it is simple: numbers, booleans, texts, choices, and objects of these. Anything else is
// edited as JSON. What the schema does not name is kept as it was.
import {h, field, select} from './dom.js';
import {isObject, parseObject} from './json.js';
import {pretty, title} from './format.js';

const MOST_DEPTH = 3;

/** Whether the schema names properties a form can show. */
export function isSimple(schema) {
  return isObject(schema?.properties) && Object.keys(schema.properties).length > 0 && !schema.oneOf && !schema.anyOf && !schema.allOf;
}

/** @return {element, read()}; read throws InvalidField, having shown the fault at its control */
export function createSchemaForm(schema, value = {}) {
  return objectForm(schema, value, 0);
}

/** The whole document as text. */
export function createJsonForm(value, label) {
  const area = h('textarea', {class: 'json', spellcheck: 'false', autocomplete: 'off', value: pretty(value)});
  return {element: field(label, area, {wide: true}), read: () => parsed(area, parseObject)};
}

function objectForm(schema, value, depth) {
  const required = new Set(schema.required ?? []);
  const parts = Object.entries(schema.properties).map(([key, property]) => ({
    key,
    ...part(key, property, value?.[key], required.has(key), depth),
  }));
  return {
    element: h(
      'div',
      {class: 'fields'},
      parts.map(({element}) => element),
    ),
    read() {
      const result = {...value};
      for (const {key, read} of parts) {
        const entered = read();
        if (entered === undefined) delete result[key];
        else result[key] = entered;
      }
      return result;
    },
  };
}

function part(key, schema, value, required, depth) {
  const label = (schema.title ?? title(key)) + (required ? ' *' : '');
  const hint = hintOf(schema);
  const initial = value ?? schema.default;
  const type = Array.isArray(schema.type) ? schema.type.find(t => t !== 'null') : schema.type;
  if (Array.isArray(schema.enum)) return choice(label, hint, schema, initial, required);
  if (type === 'number' || type === 'integer') return number(label, hint, schema, type, initial, required);
  if (type === 'boolean') return flag(label, hint, initial, required);
  if (type === 'string') return words(label, hint, schema, initial, required);
  if (type === 'object' && isSimple(schema) && depth < MOST_DEPTH) return group(label, hint, schema, value, depth);
  return anything(label, hint, initial, required);
}

function choice(label, hint, schema, initial, required) {
  const names = schema.enum.map((option, i) => [String(i), String(option)]);
  const at = schema.enum.indexOf(initial);
  const control = select(required ? names : [['', '–'], ...names], at >= 0 ? String(at) : required ? '0' : '');
  return {element: field(label, control, {hint}), read: () => (control.value === '' ? undefined : schema.enum[Number(control.value)])};
}

function number(label, hint, schema, type, initial, required) {
  const control = h('input', {
    type: 'number',
    inputmode: 'decimal',
    required,
    value: initial ?? '',
    step: schema.multipleOf ?? (type === 'integer' ? 1 : 'any'),
    min: schema.minimum ?? schema.exclusiveMinimum,
    max: schema.maximum ?? schema.exclusiveMaximum,
  });
  return {
    element: field(label, control, {hint}),
    read() {
      valid(control);
      const entered = control.value === '' ? undefined : Number(control.value);
      if (entered <= schema.exclusiveMinimum) refuse(control, `Must be above ${schema.exclusiveMinimum}.`);
      if (entered >= schema.exclusiveMaximum) refuse(control, `Must be below ${schema.exclusiveMaximum}.`);
      return entered;
    },
  };
}

function flag(label, hint, initial, required) {
  const control = h('input', {type: 'checkbox', checked: initial === true});
  let touched = required || initial !== undefined;
  control.addEventListener('change', () => {
    touched = true;
  });
  return {element: field(label.replace(/ \*$/, ''), control, {hint}), read: () => (touched ? control.checked : undefined)};
}

function words(label, hint, schema, initial, required) {
  const control = h('input', {
    type: 'text',
    required,
    value: initial ?? '',
    minlength: schema.minLength,
    maxlength: schema.maxLength,
    pattern: schema.pattern,
    autocomplete: 'off',
  });
  return {
    element: field(label, control, {hint}),
    read() {
      valid(control);
      return control.value === '' && initial === undefined && !required ? undefined : control.value;
    },
  };
}

function group(label, hint, schema, value, depth) {
  const inner = objectForm(schema, value ?? {}, depth + 1);
  return {
    element: h('fieldset', {class: 'wide'}, h('legend', {}, label), hint ? h('p', {class: 'soft small'}, hint) : null, inner.element),
    read() {
      const entered = inner.read();
      return Object.keys(entered).length === 0 && value === undefined ? undefined : entered;
    },
  };
}

function anything(label, hint, initial, required) {
  const control = h('textarea', {
    class: 'json',
    rows: '3',
    spellcheck: 'false',
    required,
    value: initial === undefined ? '' : pretty(initial),
  });
  return {
    element: field(`${label} (JSON)`, control, {hint, wide: true}),
    read() {
      valid(control);
      return control.value.trim() === '' ? undefined : parsed(control, JSON.parse);
    },
  };
}

function hintOf(schema) {
  const least = schema.minimum ?? schema.exclusiveMinimum;
  const most = schema.maximum ?? schema.exclusiveMaximum;
  const range =
    least !== undefined && most !== undefined
      ? `${least} to ${most}`
      : least !== undefined
        ? `at least ${least}`
        : most !== undefined
          ? `at most ${most}`
          : '';
  return [schema.description, range].filter(Boolean).join(', ');
}

/** A form could not be read; the fault is shown where it is. */
export class InvalidField extends Error {}

function valid(control) {
  control.setCustomValidity('');
  if (control.checkValidity()) return;
  control.reportValidity();
  throw new InvalidField(control.validationMessage);
}

function refuse(control, reason) {
  control.setCustomValidity(reason);
  control.addEventListener('input', () => control.setCustomValidity(''), {once: true});
  control.reportValidity();
  throw new InvalidField(reason);
}

function parsed(area, parse) {
  area.setCustomValidity('');
  try {
    return parse(area.value);
  } catch (fault) {
    return refuse(area, fault.message);
  }
}
