// Names on the map.
import {shortened} from './format.js';

const MOST_LABELS = 90;
const LABEL_LENGTH = 22;

/** Names beside their robots, the marked ones first; a name finds a free place or is left out. */
export function paintLabels(g, camera, visible, look, colors, font) {
  const rank = robot => (robot.id === look.hoveredId ? 2 : robot.id === look.selectedId ? 1 : 0);
  const named = visible.filter(robot => rank(robot) > 0 || (visible.length <= MOST_LABELS && look.matches(robot)));
  const taken = named.map(robot => ({robot, x: camera.toScreenX(robot.track.x), y: camera.toScreenY(robot.track.y), half: 11, tall: 11}));
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.lineJoin = 'round';
  for (const robot of named.sort((a, b) => rank(b) - rank(a))) {
    g.font = `${rank(robot) > 0 ? 600 : 400} 12px ${font}`;
    const name = shortened(robot.name, LABEL_LENGTH);
    const box = placeFor(robot, g.measureText(name).width / 2, camera, taken, rank(robot) > 0);
    if (!box) continue;
    taken.push(box);
    g.strokeStyle = colors['--ground'];
    g.lineWidth = 4;
    g.strokeText(name, box.x, box.y);
    g.fillStyle = colors['--text'];
    g.fillText(name, box.x, box.y);
  }
}

/** Below, above, right or left of the robot: the first that covers nothing. A marked robot is named in any case. */
function placeFor(robot, half, camera, taken, marked) {
  const x = camera.toScreenX(robot.track.x);
  const y = camera.toScreenY(robot.track.y);
  const reach = marked ? 28 : 21;
  const places = [
    [0, reach],
    [0, -reach],
    [half + reach - 4, 0],
    [-half - reach + 4, 0],
  ].map(([dx, dy]) => ({x: x + dx, y: y + dy, half: half + 2, tall: 7}));
  const covers = box =>
    taken.some(
      other =>
        other.robot !== robot && Math.abs(other.x - box.x) < other.half + box.half && Math.abs(other.y - box.y) < other.tall + box.tall,
    );
  return places.find(box => !covers(box)) ?? (marked ? places[0] : null);
}
