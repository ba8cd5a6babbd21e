// Line plots over time, over versions or over epochs, drawn by Chart.js, which is fetched when the first plot is needed.
import {h, text} from './dom.js';
import {clock, quantity} from './format.js';

const LIBRARY = '/webjars/chart.js/4.5.1/dist/chart.umd.min.js';
const POINTS = 500;
const GAP_MS = 4_000;
const EDGE = 0.06;
let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = h('script', {
      src: LIBRARY,
      onload: () => resolve(globalThis.Chart),
      onerror: () => reject(new Error(`${LIBRARY} could not be loaded`)),
    });
    document.head.append(script);
  });
  return loading;
}

/** Numbers over time, thinned to the mean of each of about 500 spans; a silence of more than 4 s is a gap in the line. */
export class Series {
  points = [];
  #span;
  #window;
  #began = 0;
  #count = 0;
  #last = 0;

  /** @param window ms of time that are kept */
  constructor(window) {
    this.#window = window;
    this.#span = window / POINTS;
  }

  add(at, value) {
    if (!Number.isFinite(value) || at <= this.#last) return;
    if (this.#last && at - this.#last > Math.max(GAP_MS, this.#span * 3)) this.points.push({x: this.#last + 1, y: NaN});
    const point = this.points.at(-1);
    if (point && at - this.#began < this.#span && Number.isFinite(point.y)) {
      this.#count += 1;
      point.y += (value - point.y) / this.#count;
      point.x = at;
    } else {
      this.points.push({x: at, y: value});
      this.#began = at;
      this.#count = 1;
    }
    this.#last = at;
    const first = this.points.findIndex(({x}) => x >= at - this.#window);
    if (first > 50) this.points.splice(0, first);
  }
}

/** Ticks at whole quarters of a minute, or whole minutes, about five of them; none so near the ends that its label would not fit. */
function roundTimes(scale) {
  const span = scale.max - scale.min;
  const step = [15_000, 60_000, 180_000].find(length => span / length <= 5) ?? 600_000;
  const [first, last] = [scale.min + span * EDGE, scale.max - span * EDGE].map(time => time / step);
  const count = Math.floor(last) - Math.ceil(first) + 1;
  scale.ticks = Array.from({length: Math.max(0, count)}, (_, i) => ({value: (Math.ceil(first) + i) * step}));
}

/** Ticks at whole numbers, about six of them. */
function wholeNumbers(scale) {
  const step = Math.max(1, Math.ceil((scale.max - scale.min) / 6));
  const count = Math.floor((scale.max - scale.min) / step) + 1;
  scale.ticks = Array.from({length: count}, (_, i) => ({value: scale.min + i * step}));
}

/** What lies across a plot: how a place is named, beside the axis and in sentences, and how its points look. */
const TIMES = {label: clock, said: value => `at ${clock(value)}`, ticks: roundTimes, radius: 0};
export const VERSIONS = {label: String, said: value => `in version ${value}`, ticks: wholeNumbers, radius: 3};
export const EPOCHS = {label: String, said: value => `in epoch ${value}`, ticks: wholeNumbers, radius: 2};

/** What cannot be above `most` gets no axis above it, also where the values lie on it. */
function keepBelow(scale, most = Infinity) {
  if (scale.max >= most) scale.min = Math.min(scale.min, most - 1);
}

/** One plot with its name, its unit and the newest value in words. */
export class Plot {
  #chart = null;
  #value = h('span', {class: 'value'});
  #canvas = h('canvas', {role: 'img'});
  #kind;
  #ended = false;

  #across;
  #last = null;

  /** @param kind {title, unit, digits, floor?, ceiling?, most?, across?} */
  constructor(kind) {
    this.#kind = kind;
    this.#across = kind.across ?? TIMES;
    this.element = h(
      'figure',
      {class: 'plot'},
      h('figcaption', {}, h('b', {}, kind.title), h('span', {class: 'soft small'}, kind.unit), this.#value),
      h('div', {class: 'frame'}, this.#canvas),
    );
  }

  async start() {
    const Chart = await library();
    if (this.#ended) return;
    this.#chart = new Chart(this.#canvas, {
      type: 'line',
      data: {datasets: [{data: [], borderWidth: 1.75, pointRadius: this.#across.radius, clip: this.#across.radius + 1, pointHitRadius: 8, tension: 0}]},
      options: this.#options(),
    });
    this.repaint();
    if (this.#last) this.show(...this.#last);
  }

  /** Shows the points from `from` to `to`: ms since the epoch, or versions. What is shown before the plot is there is shown then. */
  show(points, from, to) {
    this.#last = [points, from, to];
    const last = points.at(-1);
    const {title, unit, digits} = this.#kind;
    text(this.#value, last ? quantity(last.y, unit, digits) : '–');
    if (!this.#chart) return;
    this.#canvas.setAttribute(
      'aria-label',
      last ? `${title}: ${quantity(last.y, unit, digits)} ${this.#across.said(last.x)}` : `${title}: no values`,
    );
    this.#chart.data.datasets[0].data = points;
    Object.assign(this.#chart.options.scales.x, {min: from, max: to});
    this.#chart.update('none');
  }

  repaint() {
    if (!this.#chart) return;
    const style = getComputedStyle(this.element);
    const [line, soft, plot] = ['--line', '--text-soft', '--plot-1'].map(name => resolved(this.element, name));
    Object.assign(this.#chart.data.datasets[0], {borderColor: plot, pointBackgroundColor: plot, pointBorderColor: plot});
    for (const scale of Object.values(this.#chart.options.scales)) {
      scale.grid.color = line;
      scale.ticks.color = soft;
      scale.ticks.font = {family: style.fontFamily, size: 11};
    }
    this.#chart.update('none');
  }

  end() {
    this.#ended = true;
    this.#chart?.destroy();
  }

  #options() {
    const {unit, digits, floor, ceiling, most} = this.#kind;
    return {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      spanGaps: false,
      interaction: {mode: 'nearest', axis: 'x', intersect: false},
      scales: {
        x: {
          type: 'linear',
          grid: {drawTicks: false},
          border: {display: false},
          afterBuildTicks: this.#across.ticks,
          ticks: {maxRotation: 0, callback: value => this.#across.label(value)},
        },
        y: {
          suggestedMin: floor,
          suggestedMax: ceiling,
          afterDataLimits: scale => keepBelow(scale, most),
          grace: floor === undefined && most === undefined ? '8%' : 0,
          grid: {drawTicks: false},
          border: {display: false},
          ticks: {maxTicksLimit: 4, padding: 6},
          afterFit: scale => {
            scale.width = 44;
          },
        },
      },
      plugins: {
        legend: {display: false},
        tooltip: {
          displayColors: false,
          callbacks: {title: items => this.#across.label(items[0].parsed.x), label: item => quantity(item.parsed.y, unit, digits)},
        },
      },
    };
  }
}

function resolved(element, name) {
  const probe = h('i', {});
  probe.style.color = `var(${name})`;
  element.append(probe);
  const {color} = getComputedStyle(probe);
  probe.remove();
  return color;
}
