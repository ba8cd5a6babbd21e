// Emergency stops: the fleet's button and banner, and the dialog that confirms every stop and release.
import {h, icon, text} from './dom.js';
import {confirm} from './confirm.js';
import {clock, shortened} from './format.js';
import {robotPath} from './api.js';

export const STOP_ICON = 'M8 3h8l5 5v8l-5 5H8l-5-5V8ZM8 12h8';

/** Asks first, then stops or releases. @param robot a Robot, or null for the fleet */
export class EmergencyStops {
  #fleet;

  constructor(fleet) {
    this.#fleet = fleet;
  }

  async stop(robot) {
    const {store, api} = this.#fleet;
    const robots = store.robots.size;
    const answer = await confirm({
      heading: robot ? h('span', {}, 'Stop ', nameOf(robot), '?') : 'Stop every robot?',
      explanation: robot
        ? 'It stops at once and stays stopped, also after a restart, until someone releases it.'
        : `${robots === 1 ? 'The robot stops' : `All ${robots} robots stop`} at once and stay stopped, also after a restart, until someone releases the fleet.`,
      caution: 'This is a software stop. It does not replace a safety-rated emergency stop circuit.',
      action: robot ? 'Stop this robot' : 'Stop all robots',
      danger: true,
      reason: 'Stopped by the operator',
    });
    if (answer) await this.#send(() => api.post(pathOf(robot), {reason: answer.reason}), robot);
  }

  async release(robot) {
    const {api} = this.#fleet;
    const answer = await confirm({
      heading: robot ? h('span', {}, 'Release ', nameOf(robot), '?') : 'Release the fleet?',
      explanation: robot
        ? 'It may move again as soon as it is released. Make sure that nobody is near it.'
        : 'Robots may move again as soon as they are released. Make sure that nobody is near them. Robots that were stopped one by one stay stopped.',
      action: robot ? 'Release this robot' : 'Release the fleet',
      reason: 'Released by the operator',
    });
    if (answer) await this.#send(() => api.delete(pathOf(robot), {reason: answer.reason}), robot);
  }

  /** The answer counts at once; the event stream says the same a little later. */
  async #send(request, robot) {
    const {store, toasts} = this.#fleet;
    try {
      const latch = await request();
      store.take('estop.updated', {robotId: robot?.id ?? null, ...latch});
    } catch (problem) {
      toasts.fail(problem);
    }
  }
}

/** The name with the id, which cannot be mistaken for another robot's. */
function nameOf(robot) {
  return h('span', {}, h('bdi', {}, shortened(robot.name, 60)), robot.isNamed ? ` (${robot.id})` : '');
}

const pathOf = robot => (robot ? robotPath(robot.id, '/emergency-stop') : '/emergency-stop');

/** The fleet's button in the top bar and the banner while its stop is latched. */
export function createFleetStop(button, banner, fleet) {
  const {store} = fleet;
  const label = h('span', {}, 'Emergency stop');
  button.append(icon(STOP_ICON), label);
  button.hidden = !fleet.canWrite;
  button.addEventListener('click', () => (store.fleetStop.stopped ? fleet.stops.release(null) : fleet.stops.stop(null)));
  const heard = h('span', {});

  function refresh() {
    const latch = store.fleetStop;
    button.classList.toggle('release', latch.stopped);
    text(label, latch.stopped ? 'Release stop' : 'Emergency stop');
    if (!latch.stopped) return banner.replaceChildren();
    banner.replaceChildren(
      h(
        'div',
        {class: 'banner'},
        icon(STOP_ICON),
        h(
          'p',
          {},
          h('b', {}, 'The whole fleet is stopped'),
          ` since ${clock(latch.at)} by `,
          h('bdi', {}, latch.requestedBy),
          ': ',
          h('bdi', {}, latch.reason),
          '. ',
          heard,
        ),
        fleet.canWrite ? h('button', {class: 'button', type: 'button', onclick: () => fleet.stops.release(null)}, 'Release…') : null,
      ),
    );
    confirmations();
  }

  function confirmations() {
    if (!store.fleetStop.stopped) return;
    const online = [...store.robots.values()].filter(robot => robot.dto.presence === 'ONLINE');
    const confirmed = online.filter(robot => robot.dto.status?.emergencyStop).length;
    text(heard, `${confirmed} of ${online.length} robots online confirm it.`);
  }

  store.on('estop', refresh);
  store.on('tick', confirmations);
}
