// What settings need of JSON: pointers (RFC 6901), merge patches (RFC 7396), differences.
export const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

export function equal(a, b) {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/** Every leaf by its pointer; an array and an empty object are leaves. */
export function leaves(document, path = '', found = new Map()) {
  for (const [key, value] of Object.entries(document ?? {})) {
    const pointer = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (isObject(value) && Object.keys(value).length > 0) leaves(value, pointer, found);
    else found.set(pointer, value);
  }
  return found;
}

/** The merge patch that turns one document into another. */
export function patchBetween(before, after) {
  const patch = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!Object.hasOwn(after, key)) patch[key] = null;
    else if (isObject(before[key]) && isObject(after[key])) {
      const inner = patchBetween(before[key], after[key]);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!equal(before[key], after[key])) patch[key] = after[key];
  }
  return patch;
}

export function patched(document, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(document) ? {...document} : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = patched(result[key], value);
  }
  return result;
}

/** Parses an object, or says in one sentence why it is none. */
export function parseObject(source) {
  const value = JSON.parse(source.trim() || '{}');
  if (!isObject(value)) throw new SyntaxError('A JSON object is needed: {"name": value}.');
  return value;
}
