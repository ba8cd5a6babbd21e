// Paints one frame of the map: grid, trails, robots, labels, scale bar.
import {CONDITIONS, conditionOf} from './conditions.js';
import {paintLabels} from './map-labels.js';

const NOSE = 'M15 0 10.4 3.6V-3.6Z';
/** What needs attention lies on top. */
const LAYERS = ['unknown', 'offline', 'hibernating', 'idle', 'charging', 'executing', 'connection_broken', 'stopped', 'error'];
const SPRITE = 34;
const CROWD = 150;
const CROWD_SIZE = 0.72;
const SHORT_TRAIL_M = 30;
const JUMP_M = 12;

/** The colours of the theme, as the canvas needs them. */
export function palette() {
  const probe = document.createElement('i');
  document.body.append(probe);
  const names = [
    '--ground',
    '--grid',
    '--grid-strong',
    '--text',
    '--text-soft',
    '--surface',
    '--accent',
    '--focus',
    ...Object.values(CONDITIONS).map(c => c.color),
  ];
  const colors = Object.fromEntries(
    names.map(name => {
      probe.style.color = `var(${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  const font = getComputedStyle(document.body).fontFamily;
  probe.remove();
  const sprites = new Map(
    LAYERS.map(name => {
      const {path, color} = CONDITIONS[name];
      return [name, {shape: sprite(path, colors[color], colors['--ground']), nose: sprite(NOSE, colors[color])}];
    }),
  );
  return {colors, font, sprites};
}

/** A shape drawn once, with a rim of the ground around it; a frame only copies it. */
function sprite(path, color, rim = null) {
  const canvas = document.createElement('canvas');
  const ratio = (devicePixelRatio || 1) * 2;
  canvas.width = canvas.height = SPRITE * ratio;
  const g = canvas.getContext('2d');
  const shape = new Path2D(path);
  g.scale(ratio, ratio);
  g.translate(SPRITE / 2, SPRITE / 2);
  if (rim) {
    g.strokeStyle = rim;
    g.lineWidth = 3;
    g.stroke(shape);
  }
  g.fillStyle = color;
  g.fill(shape, 'evenodd');
  return canvas;
}

/** A round number of metres that is about `pixels` long: 1, 2 or 5 times a power of ten. */
export function roundLength(pixels, scale) {
  const wanted = pixels / scale;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [5, 2, 1].map(step => step * power).find(length => length <= wanted) ?? power;
}

export function paint(g, camera, robots, look, {colors, font, sprites}) {
  g.fillStyle = colors['--ground'];
  g.fillRect(0, 0, camera.width, camera.height);
  paintGrid(g, camera, colors, font);
  const visible = robots.filter(robot => camera.sees(robot.track.x, robot.track.y, -20));
  paintTrails(g, camera, robots, look, colors);
  paintLabels(g, camera, visible, look, colors, font);
  paintRobots(g, camera, visible, look, sprites);
  for (const robot of visible) paintMark(g, camera, robot, look, colors);
  paintScale(g, camera, colors, font);
}

function paintGrid(g, camera, colors, font) {
  const step = roundLength(110, camera.scale);
  lines(g, camera, step / 5, colors['--grid']);
  lines(g, camera, step, colors['--grid-strong']);
  g.fillStyle = colors['--text-soft'];
  g.font = `11px ${font}`;
  g.textBaseline = 'alphabetic';
  const name = value => String(Number(value.toFixed(2)));
  g.textAlign = 'left';
  for (let x = Math.ceil(camera.toFloorX(40) / step) * step; camera.toScreenX(x) < camera.width - 150; x += step)
    g.fillText(name(x), camera.toScreenX(x) + 4, camera.height - 6);
  for (let y = Math.ceil(camera.toFloorY(camera.height - 24) / step) * step; camera.toScreenY(y) > 14; y += step)
    g.fillText(name(y), 6, camera.toScreenY(y) - 4);
}

function lines(g, camera, step, color) {
  g.strokeStyle = color;
  g.lineWidth = 1;
  g.beginPath();
  for (let x = Math.ceil(camera.toFloorX(0) / step) * step, px; (px = camera.toScreenX(x)) <= camera.width; x += step) {
    g.moveTo(Math.round(px) + 0.5, 0);
    g.lineTo(Math.round(px) + 0.5, camera.height);
  }
  for (let y = Math.ceil(camera.toFloorY(camera.height) / step) * step, py; (py = camera.toScreenY(y)) >= 0; y += step) {
    g.moveTo(0, Math.round(py) + 0.5);
    g.lineTo(camera.width, Math.round(py) + 0.5);
  }
  g.stroke();
}

function paintTrails(g, camera, robots, look, colors) {
  g.lineJoin = 'round';
  g.lineCap = 'round';
  const groups = Map.groupBy(
    robots.filter(robot => robot.id !== look.selectedId),
    robot => conditionOf(robot.condition).color,
  );
  g.globalAlpha = 0.38;
  g.lineWidth = 1.5;
  for (const [color, group] of groups) {
    g.strokeStyle = colors[color];
    g.beginPath();
    for (const robot of group)
      if (look.matches(robot)) trace(g, camera, robot.track, robots.length > CROWD / 3 ? SHORT_TRAIL_M / 2 : SHORT_TRAIL_M);
    g.stroke();
  }
  const selected = robots.find(robot => robot.id === look.selectedId);
  if (selected) {
    g.globalAlpha = 0.85;
    g.lineWidth = 2.5;
    g.strokeStyle = colors[conditionOf(selected.condition).color];
    g.beginPath();
    trace(g, camera, selected.track, Infinity);
    g.stroke();
  }
  g.globalAlpha = 1;
}

/** The newest metres of one trail, leaving out points that would fall on the same spot of the screen. */
function trace(g, camera, {trail, step, x, y}, metres) {
  if (trail.length === 0) return;
  const nearest = 3 / camera.scale;
  const first = Math.max(0, trail.length - Math.ceil(metres / step));
  let before = trail[first];
  let {x: lastX, y: lastY} = before;
  g.moveTo(camera.toScreenX(lastX), camera.toScreenY(lastY));
  for (let i = first + 1; i < trail.length; i++) {
    const point = trail[i];
    const jumped = Math.abs(point.x - before.x) + Math.abs(point.y - before.y) > JUMP_M + step;
    before = point;
    if (!jumped && Math.abs(point.x - lastX) + Math.abs(point.y - lastY) < nearest) continue;
    if (jumped) g.moveTo(camera.toScreenX(point.x), camera.toScreenY(point.y));
    else g.lineTo(camera.toScreenX(point.x), camera.toScreenY(point.y));
    ({x: lastX, y: lastY} = point);
  }
  g.lineTo(camera.toScreenX(x), camera.toScreenY(y));
}

function paintRobots(g, camera, visible, look, sprites) {
  const size = SPRITE * (visible.length > CROWD ? CROWD_SIZE : 1);
  const groups = Map.groupBy(visible, robot => (sprites.has(robot.condition) ? robot.condition : 'unknown'));
  for (const condition of LAYERS) {
    for (const robot of groups.get(condition) ?? []) {
      g.globalAlpha = look.matches(robot) || robot.id === look.selectedId ? 1 : 0.2;
      paintRobot(g, camera, robot.track, CONDITIONS[condition].turns, sprites.get(condition), size);
    }
  }
  g.globalAlpha = 1;
}

function paintRobot(g, camera, {x, y, yaw}, turns, {shape, nose}, size) {
  const [px, py, half] = [camera.toScreenX(x), camera.toScreenY(y), size / 2];
  if (!turns) g.drawImage(shape, px - half, py - half, size, size);
  g.translate(px, py);
  g.rotate(-yaw);
  g.drawImage(turns ? shape : nose, -half, -half, size, size);
  g.rotate(yaw);
  g.translate(-px, -py);
}

/** A ring around the robot that is open, and around the one under the pointer. */
function paintMark(g, camera, {id, track}, look, colors) {
  if (id !== look.selectedId && id !== look.hoveredId) return;
  g.strokeStyle = colors[id === look.selectedId ? '--focus' : '--text-soft'];
  g.lineWidth = 2;
  g.beginPath();
  g.arc(camera.toScreenX(track.x), camera.toScreenY(track.y), 19, 0, 2 * Math.PI);
  g.stroke();
}

function paintScale(g, camera, colors, font) {
  const metres = roundLength(120, camera.scale);
  const length = metres * camera.scale;
  const right = camera.width - 16;
  const bottom = camera.height - 14;
  g.strokeStyle = colors['--text'];
  g.lineWidth = 2;
  g.beginPath();
  g.moveTo(right - length, bottom - 5);
  g.lineTo(right - length, bottom);
  g.lineTo(right, bottom);
  g.lineTo(right, bottom - 5);
  g.stroke();
  g.fillStyle = colors['--text'];
  g.font = `12px ${font}`;
  g.textAlign = 'center';
  g.textBaseline = 'alphabetic';
  g.fillText(
    metres >= 1000 ? `${metres / 1000} km` : metres >= 1 ? `${metres} m` : `${Math.round(metres * 100)} cm`,
    right - length / 2,
    bottom - 6,
  );
}
