// A small line without axes: how a number went in the last two minutes.
import {svg} from './dom.js';

const SECONDS = 120;
const [WIDTH, HEIGHT] = [120, 26];

export function createSparkline() {
  const area = svg('polygon', {class: 'area'});
  const line = svg('polyline', {class: 'line'});
  const element = svg(
    'svg',
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'spark', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    area,
    line,
  );

  /** @param values one for each second, the newest last */
  function show(values) {
    const shown = values.slice(-SECONDS);
    const most = Math.max(1, ...shown);
    const step = WIDTH / (SECONDS - 1);
    const points = shown.map((value, i) => {
      const x = WIDTH - (shown.length - 1 - i) * step;
      return `${x.toFixed(1)},${(HEIGHT - 1.5 - (value / most) * (HEIGHT - 4)).toFixed(1)}`;
    });
    line.setAttribute('points', points.join(' '));
    const first = WIDTH - (shown.length - 1) * step;
    area.setAttribute('points', points.length > 0 ? `${first.toFixed(1)},${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}` : '');
  }

  return {element, show};
}
