// When six fields (second minute hour day month weekday) come next, in a time zone. Only to show it: the broker keeps the time.
const MACROS = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const RANGES = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12, MONTHS, 1],
  [0, 7, DAYS, 0],
];
const FURTHEST_DAYS = 366 * 5;
const DAY_MS = 86_400_000;

/** The next time in ms after `from`; null where there is none, or where it is not known how it counts, as for @every. */
export function nextTime(cron, zone, from) {
  const fields = parsed(cron);
  if (!fields) return null;
  const clock = zoneClock(zone);
  if (!clock) return null;
  const [seconds, minutes, hours] = fields;
  const start = clock.at(from);
  for (let day = 0; day < FURTHEST_DAYS; day++) {
    const date = new Date(Date.UTC(start.year, start.month - 1, start.day) + day * DAY_MS);
    if (!matchesDay(fields, date)) continue;
    for (const hour of hours.values)
      for (const minute of minutes.values)
        for (const second of seconds.values) {
          if (day === 0 && (hour - start.hour || minute - start.minute || second - start.second) <= 0) continue;
          const instant = clock.instant(date, hour, minute, second);
          if (instant > from) return instant;
        }
  }
  return null;
}

/** As sorted values by field, or null where the text is not six fields. */
function parsed(cron) {
  const parts = (MACROS[cron.trim().toLowerCase()] ?? cron).trim().split(/\s+/);
  if (parts.length !== RANGES.length) return null;
  const fields = parts.map((part, i) => parsedField(part.toLowerCase(), RANGES[i]));
  return fields.every(Boolean) ? fields : null;
}

function parsedField(part, [least, most, names = [], base = 0]) {
  const number = word => (names.includes(word) ? names.indexOf(word) + base : /^\d+$/.test(word) ? Number(word) : NaN);
  const values = new Set();
  for (const item of part.split(',')) {
    const [range, step = '1'] = item.split('/');
    const any = range === '*' || range === '?';
    const [low, high] = any ? [least, most] : range.split('-').map(number);
    const end = high ?? (item.includes('/') ? most : low);
    if (!(low >= least && end <= most && low <= end && Number(step) > 0)) return null;
    for (let value = low; value <= end; value += Number(step)) values.add(value);
  }
  return {any: part === '*' || part === '?', values: [...values].sort((a, b) => a - b)};
}

/** Where both day and weekday are given, either will do. */
function matchesDay([, , , days, months, weekdays], date) {
  const weekday = date.getUTCDay();
  const byDay = days.values.includes(date.getUTCDate());
  const byWeekday = weekdays.values.includes(weekday) || (weekday === 0 && weekdays.values.includes(7));
  if (!months.values.includes(date.getUTCMonth() + 1)) return false;
  return days.any || weekdays.any ? byDay && byWeekday : byDay || byWeekday;
}

function zoneClock(zone) {
  let format;
  try {
    const two = '2-digit';
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone || 'UTC',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
  } catch {
    return null;
  }
  const at = instant => Object.fromEntries(format.formatToParts(instant).map(({type, value}) => [type, Number(value)]));
  const offset = instant => {
    const wall = at(instant);
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) - Math.floor(instant / 1000) * 1000;
  };
  return {
    at,
    instant(date, hour, minute, second) {
      const wall = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
      return wall - offset(wall - offset(wall));
    },
  };
}
