// The head of one robot: name, condition, what is wrong with it, vital signs, and its emergency stop.
import {h, icon, text} from './dom.js';
import {conditionIcon, conditionOf} from './conditions.js';
import {clock, quantity, since, words} from './format.js';
import {STOP_ICON} from './estop.js';

export function createHead(robot, fleet, close) {
  const {store} = fleet;
  const name = h('bdi', {});
  const heading = h('h2', {tabindex: '-1'}, name);
  const id = h('span', {class: 'mono soft'}, robot.id);
  const condition = h('span', {class: 'row'});
  const doing = h('span', {class: 'soft'});
  const tags = h('span', {class: 'tags'});
  const stop = h(
    'button',
    {
      class: 'button stop',
      type: 'button',
      'data-action': 'stop',
      onclick: () => (robot.latch?.stopped ? fleet.stops.release(robot) : fleet.stops.stop(robot)),
    },
    icon(STOP_ICON),
    h('span', {}),
  );
  stop.hidden = !fleet.canWrite;
  const notices = h('div', {class: 'stack', role: 'status'});
  const vitals = Object.fromEntries(['Battery', 'Mode', 'Speed', 'Position', 'Last seen'].map(label => [label, h('dd', {})]));
  const element = h(
    'header',
    {class: 'detail-head'},
    h(
      'div',
      {class: 'detail-title'},
      h('div', {class: 'grow'}, heading, h('div', {class: 'row'}, condition, doing, id), tags),
      h(
        'div',
        {class: 'row'},
        stop,
        h(
          'button',
          {class: 'button plain square', type: 'button', 'aria-label': 'Close this robot', onclick: close},
          icon('M6 6l12 12M18 6 6 18'),
        ),
      ),
    ),
    notices,
    h(
      'dl',
      {class: 'vitals'},
      Object.entries(vitals).map(([label, value]) => h('div', {}, h('dt', {}, label), value)),
    ),
  );
  let shown = '';

  function refresh() {
    const {dto, track} = robot;
    const {sample} = track;
    text(name, robot.name);
    id.hidden = !robot.isNamed;
    heading.title = robot.name;
    text(doing, robot.execution ? `${robot.execution.commandType} ${quantity(robot.execution.progress ?? 0, '%', 0)}` : '');
    doing.hidden = !robot.execution;
    text(vitals.Battery, quantity(robot.battery, '%', 0) + (dto.status?.charging ? ' ⚡' : ''));
    text(vitals.Mode, words(dto.status?.mode));
    text(vitals.Speed, quantity(sample?.linear, 'm/s', 2));
    text(vitals.Position, track.isKnown ? `${quantity(sample.x, '', 1)}, ${quantity(sample.y, 'm', 1)}` : '–');
    text(vitals['Last seen'], since(dto.lastSeenAt, store.now()));
    stop.classList.toggle('release', Boolean(robot.latch?.stopped));
    text(stop.lastElementChild, robot.latch?.stopped ? 'Release' : 'Stop');
    const news = JSON.stringify([
      robot.condition,
      robot.tags,
      dto.isEnabled,
      dto.status?.errors,
      store.stopOf(robot),
      dto.status?.emergencyStop,
    ]);
    if (news === shown) return;
    shown = news;
    condition.replaceChildren(conditionIcon(robot.condition), conditionOf(robot.condition).label);
    tags.hidden = robot.tags.length === 0;
    tags.replaceChildren(...robot.tags.map(tag => h('span', {class: 'chip tag', title: tag}, h('bdi', {}, tag))));
    notices.replaceChildren(...noticesOf(robot, store));
    notices.hidden = notices.children.length === 0;
  }

  return {element, refresh, focus: () => heading.focus()};
}

function noticesOf(robot, store) {
  const {status, isEnabled} = robot.dto;
  const stop = store.stopOf(robot);
  return [
    stop ? stopNotice(stop, status) : status?.emergencyStop ? unexplainedStop() : null,
    ...(status?.errors ?? []).map(errorNotice),
    isEnabled === false ? h('p', {class: 'note'}, 'Disabled: no work is given to this robot.') : null,
  ].filter(Boolean);
}

function stopNotice({scope, at, requestedBy, reason}, status) {
  const what = h('b', {}, scope === 'FLEET' ? 'Stopped with the fleet' : 'Stopped');
  const heard = status?.emergencyStop ? 'The robot confirms it.' : 'The robot has not confirmed it yet.';
  const told = [what, ` since ${clock(at)} by `, h('bdi', {}, requestedBy), ': ', h('bdi', {}, reason), '. ', heard];
  return notice('bad', icon(STOP_ICON, {name: 'c-stopped'}), told);
}

function unexplainedStop() {
  return notice(
    'bad',
    icon(STOP_ICON, {name: 'c-stopped'}),
    'The robot holds an emergency stop that this fleet has released or never set.',
  );
}

function errorNotice({severity, description, hint}) {
  const advice = hint ? h('span', {class: 'soft'}, ' ', h('bdi', {}, hint)) : null;
  return notice(severity === 'WARNING' ? 'warn' : 'bad', conditionIcon('error'), [
    h('b', {}, words(severity)),
    ': ',
    h('bdi', {}, description),
    advice,
  ]);
}

const notice = (look, sign, content) => h('div', {class: `note ${look}`}, sign, h('p', {class: 'grow'}, content));
