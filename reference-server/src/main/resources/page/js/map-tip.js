// What the map says of the robot under the pointer.
import {h, text} from './dom.js';
import {conditionOf} from './conditions.js';
import {quantity} from './format.js';

const MARGIN_PX = 8;

export function createTip() {
  const name = h('bdi', {});
  const how = h('span', {});
  const where = h('span', {class: 'soft'});
  const element = h('div', {class: 'tip', hidden: true}, h('b', {}, name), how, h('br'), where);

  /** @param robot a Robot, or undefined where the pointer is on none */
  function show(robot, camera) {
    element.hidden = !robot;
    if (!robot) return;
    const {x, y, sample} = robot.track;
    text(name, robot.name);
    text(how, `${conditionOf(robot.condition).label} · ${quantity(robot.battery, '%', 0)}`);
    text(where, `x ${quantity(x, 'm', 2)}, y ${quantity(y, 'm', 2)}, ${quantity(sample.linear, 'm/s', 2)}`);
    place(camera.toScreenX(x), camera.toScreenY(y), camera);
  }

  /** Above and to the right of the robot, but inside the map. */
  function place(px, py, {width, height}) {
    const left = Math.min(px + 24, width - element.offsetWidth - MARGIN_PX);
    const lowest = height - element.offsetHeight - MARGIN_PX;
    const top = Math.max(MARGIN_PX, Math.min(py - element.offsetHeight - 14, lowest));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  return {element, show};
}
