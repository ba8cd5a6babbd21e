// The telemetry panel: what was stored, then what arrives, as plots over the last minutes.
import {h} from './dom.js';
import {Plot, Series} from './charts.js';
import {recall, telemetry} from './history.js';
import {isBefore, title} from './format.js';

const MINUTES = [1, 5, 15];
const READINGS = 10_000;
const REDRAW_MS = 500;
const KINDS = [
  {key: 'speed', title: 'Speed', unit: 'm/s', digits: 2, floor: 0, ceiling: 0.5, of: sample => sample.linear},
  {key: 'battery', title: 'Battery', unit: '%', digits: 1, most: 100, of: sample => sample.battery},
  {key: 'temperature', title: 'Temperature', unit: '°C', digits: 1, of: sample => sample.temperature},
  {key: 'turning', title: 'Turning', unit: 'rad/s', digits: 2, optional: true, of: sample => sample.angular},
];
/** What the operator chose, for the next robot as well. */
const chosen = {minutes: 5, optional: new Set()};

export function createTelemetry(robot, fleet) {
  const {api, store} = fleet;
  const scope = store.scope();
  const plots = new Map();
  let samples = [];
  let ended = false;

  const spans = MINUTES.map(minutes =>
    h('button', {class: 'button tight', type: 'button', onclick: () => choose(minutes)}, `${minutes} min`),
  );
  const extras = h('div', {class: 'row', role: 'group', 'aria-label': 'Also plot'});
  const figures = h('div', {class: 'plots'});
  const empty = h('p', {class: 'empty', role: 'status'}, 'Loading telemetry…');
  const element = h(
    'div',
    {class: 'stack'},
    h('div', {class: 'row'}, h('div', {class: 'segments', role: 'group', 'aria-label': 'Time shown'}, spans), extras),
    empty,
    figures,
  );

  async function choose(minutes) {
    chosen.minutes = minutes;
    spans.forEach((button, i) => button.setAttribute('aria-pressed', String(MINUTES[i] === minutes)));
    try {
      const stored = await telemetry(api, robot.id, {from: store.now() - minutes * 60_000, limit: READINGS});
      if (ended || chosen.minutes !== minutes) return;
      recall(robot, stored, store);
      const newest = stored.at(-1);
      samples = [...stored, ...samples.filter(sample => !newest || isBefore(newest.sentAt, sample.sentAt))];
    } catch (problem) {
      if (ended) return;
      fleet.toasts.fail(problem);
    }
    rebuild();
  }

  /** Plots exist for what the robot sends; each starts from all samples at hand. */
  function rebuild() {
    const kinds = [...KINDS, ...namesOf(samples).map(name => valueKind(name, robot.dto.capability?.channels))].filter(kind =>
      samples.some(sample => Number.isFinite(kind.of(sample))),
    );
    offer(kinds.filter(kind => kind.optional));
    const wanted = kinds.filter(kind => !kind.optional || chosen.optional.has(kind.key));
    for (const [key, {plot}] of plots) {
      if (wanted.some(kind => kind.key === key)) continue;
      plot.end();
      plot.element.remove();
      plots.delete(key);
    }
    for (const kind of wanted) {
      const entry = plots.get(kind.key) ?? create(kind);
      entry.series = new Series(chosen.minutes * 60_000);
      for (const sample of samples) entry.series.add(Date.parse(sample.sentAt), kind.of(sample));
    }
    figures.append(...wanted.map(kind => plots.get(kind.key).plot.element));
    empty.hidden = wanted.length > 0;
    empty.textContent = `No telemetry in the last ${chosen.minutes === 1 ? 'minute' : `${chosen.minutes} minutes`}.`;
    redraw();
  }

  function create(kind) {
    const entry = {kind, plot: new Plot(kind), series: null};
    plots.set(kind.key, entry);
    entry.plot.start().then(redraw, fleet.toasts.fail.bind(fleet.toasts));
    return entry;
  }

  function offer(kinds) {
    const toggles = kinds.map(({key, title: name}) => {
      const pressed = String(chosen.optional.has(key));
      return h(
        'button',
        {class: 'button tight', type: 'button', 'data-key': key, 'aria-pressed': pressed, onclick: () => toggle(key)},
        name,
      );
    });
    extras.replaceChildren(...toggles);
  }

  function toggle(key) {
    if (!chosen.optional.delete(key)) chosen.optional.add(key);
    rebuild();
    [...extras.children].find(button => button.dataset.key === key)?.focus();
  }

  function redraw() {
    const to = Math.max(store.now() - 500, Date.parse(samples.at(-1)?.sentAt ?? 0));
    for (const {plot, series} of plots.values()) plot.show(series.points, to - chosen.minutes * 60_000, to);
  }

  scope.on('samples', arrived => {
    const sample = arrived.find(({robotId}) => robotId === robot.id);
    if (!sample) return;
    const first = samples.length === 0;
    samples.push(sample);
    if (samples.length > READINGS * 1.2) samples = samples.slice(-READINGS);
    for (const {kind, series} of plots.values()) series.add(Date.parse(sample.sentAt), kind.of(sample));
    if (first) rebuild();
  });
  scope.on('resync', () => choose(chosen.minutes));
  const timer = setInterval(() => {
    if (!document.hidden) redraw();
  }, REDRAW_MS);
  choose(chosen.minutes);

  return {
    element,
    repaint: () => plots.forEach(({plot}) => plot.repaint()),
    end() {
      ended = true;
      clearInterval(timer);
      scope.close();
      plots.forEach(({plot}) => plot.end());
    },
  };
}

function namesOf(samples) {
  return [...new Set(samples.slice(-50).flatMap(sample => Object.keys(sample.values ?? {})))].sort();
}

/** The unit of a further number is in the robot's capability, under the same name. */
function valueKind(name, channels) {
  const unit = channels?.find(channel => channel.name === name)?.unit ?? '';
  return {key: `value:${name}`, title: title(name), unit, digits: 2, optional: true, of: sample => sample.values?.[name]};
}
