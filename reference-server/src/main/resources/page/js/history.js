// Telemetry from before the page was open, in the shape of live samples.
import {robotPath} from './api.js';

const ROBOTS_RECALLED = 64;
const TRAIL_READINGS = 300;

/** A stored whole sample as the event stream would have told it. */
export function asSample({sentAt, payload}) {
  const {position, orientation, velocity, battery, temperature, values} = payload;
  return {
    sentAt,
    x: position?.x,
    y: position?.y,
    yaw: orientation?.yaw,
    linear: velocity?.linear,
    angular: velocity?.angular,
    battery,
    temperature,
    values,
  };
}

export async function telemetry(api, id, {from, limit}) {
  const query = new URLSearchParams({limit: String(limit)});
  if (from) query.set('from', new Date(from).toISOString());
  const {readings} = await api.get(robotPath(id, `/telemetry?${query}`));
  return readings.map(asSample);
}

/** Gives the map where robots came from, and where those that are away were last. One after the other: the map is already live. */
export async function recallTrails({api, store}) {
  for (const robot of [...store.robots.values()].slice(0, ROBOTS_RECALLED)) {
    try {
      recall(robot, await telemetry(api, robot.id, {limit: TRAIL_READINGS}), store);
    } catch (problem) {
      console.warn(`No telemetry of ${robot.id}:`, problem.message);
    }
  }
}

/** Draws the robot's trail from further back. */
export function recall(robot, samples, store) {
  const places = samples.filter(sample => Number.isFinite(sample.x));
  robot.track.recall(places, performance.now());
  store.emit('samples', []);
}
