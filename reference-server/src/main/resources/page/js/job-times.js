// Times as jobs need them: how long, how far ahead, and durations as ISO 8601 writes them.
const ISO = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** 350 → "350 ms", 4200 → "4.2 s", 192000 → "3 min 12 s" */
export function span(ms) {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const [[unit, size], next] = [UNITS[at], UNITS[at + 1]];
  const rest = Math.floor((ms % size) / next[1]);
  return `${Math.floor(ms / size)} ${unit}${rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

/** "in 5 min", or "now" where it has come. */
export function ahead(instant, now) {
  const ms = Date.parse(instant) - now;
  return ms < 1_000 ? 'now' : `in ${span(Math.floor(ms / 1000) * 1000)}`;
}

/** PT1M → 60000; NaN where it is none. */
export function isoMs(text) {
  const found = ISO.exec(text ?? '');
  if (!found) return NaN;
  const [days, hours, minutes, seconds] = found.slice(1).map(part => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000;
}

export const isoSeconds = seconds => `PT${seconds}S`;

/** How long a job has run or took, in ms; NaN where it has not begun. */
export function tookMs(job, now) {
  if (!job.startedAt) return NaN;
  return (job.endedAt ? Date.parse(job.endedAt) : now) - Date.parse(job.startedAt);
}
