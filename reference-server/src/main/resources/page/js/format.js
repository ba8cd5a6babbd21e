// How values read on the page.
const time = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const dateTime = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});
const NONE = '–';

/** CONNECTION_BROKEN → Connection broken */
export function words(name) {
  if (!name) return NONE;
  const lower = String(name).replaceAll('_', ' ').toLowerCase();
  return lower[0].toUpperCase() + lower.slice(1);
}

export const clock = instant => time.format(new Date(instant));
export const moment = instant => (instant ? dateTime.format(new Date(instant)) : NONE);

/** Whether one instant is before another. As texts they do not sort: their fractions have different lengths. */
export const isBefore = (one, other) => Date.parse(one) < Date.parse(other);

/** Time gone by: "now", "12 s", "5 min", "3 h", "2 d". */
export function since(instant, now) {
  if (!instant) return NONE;
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  if (seconds < 3) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

/** A number with its unit, or a dash where there is none. */
export function quantity(value, unit = '', digits = 1) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const shown = value.toFixed(digits);
  return unit ? `${Number(shown) === 0 ? shown.replace('-', '') : shown} ${unit}` : shown;
}

/** Any JSON value as one line. */
export function json(value) {
  if (value === undefined || value === null) return NONE;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A JSON value for people, one line for each item of a list. */
export function plain(value) {
  if (Array.isArray(value)) return value.map(plain).join('\n');
  if (value === null || typeof value !== 'object') return json(value);
  const {name, ...rest} = value;
  if (typeof name === 'string') return Object.keys(rest).length > 0 ? `${name}: ${plain(rest)}` : name;
  return Object.entries(value)
    .map(([key, inner]) => `${title(key).toLowerCase()} ${plain(inner)}`)
    .join(', ');
}

export const pretty = value => JSON.stringify(value ?? {}, null, 2);

/** maxSpeed → Max speed; a name someone chose for people stays as it is. */
export function title(key) {
  const spaced = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  if (spaced.length < 3) return spaced.toUpperCase();
  return spaced[0].toUpperCase() + spaced.slice(1);
}

export const shortened = (name, length) => ([...name].length > length ? [...name].slice(0, length - 1).join('') + '…' : name);
