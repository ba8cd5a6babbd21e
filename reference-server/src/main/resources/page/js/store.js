// What the page knows: one Robot per id, fed by the event stream. Views listen to topics and read; they never write here.
import {Track} from './track.js';

const ENDED = new Set(['REJECTED', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'TIMEOUT']);
export const hasEnded = execution => ENDED.has(execution.state);

export class Robot {
  track = new Track();
  /** Its own emergency stop, not the fleet's. */
  latch = null;
  /** The command it is carrying out, as far as the page has heard. */
  execution = null;

  constructor(dto) {
    this.id = dto.robotId;
    this.update(dto);
  }

  update(dto) {
    this.dto = dto;
    const stop = dto.emergencyStop;
    if (stop?.scope === 'ROBOT') this.latch = stop;
    else if (!stop?.stopped) this.latch = null;
  }

  get name() {
    return this.dto.displayName || this.id;
  }
  get isNamed() {
    return Boolean(this.dto.displayName) && this.dto.displayName !== this.id;
  }
  get battery() {
    return this.track.sample?.battery ?? this.dto.status?.battery ?? null;
  }
  get firmware() {
    return this.dto.status?.firmwareVersion ?? this.dto.identity?.firmwareVersion ?? null;
  }
  get tags() {
    return this.dto.tags ?? [];
  }

  /** What the map shows it as: away where it is away, else what it does. */
  get condition() {
    if (this.dto.presence !== 'ONLINE') return this.dto.presence.toLowerCase();
    if (this.dto.status?.emergencyStop) return 'stopped';
    return this.dto.status?.state?.toLowerCase() ?? 'unknown';
  }
}

/** Who wants to hear of what. */
export class Topics {
  #listeners = new Map();

  on(topic, listener) {
    if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set());
    this.#listeners.get(topic).add(listener);
    return () => this.#listeners.get(topic).delete(listener);
  }

  emit(topic, detail) {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener(detail);
  }

  /** Listeners that end together. */
  scope() {
    const ends = [];
    return {
      on: (topic, listener) => ends.push(this.on(topic, listener)),
      close: () => ends.splice(0).forEach(end => end()),
    };
  }
}

export class Store extends Topics {
  robots = new Map();
  fleetStop = {stopped: false};
  connection = 'connecting';
  selectedId = null;
  filter = {text: '', tag: '', presence: '', condition: ''};
  reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  #skew = 0;

  /** The server's clock in ms since the epoch, as near as the page knows it. */
  now() {
    return Date.now() + this.#skew;
  }

  select(id) {
    if (this.selectedId === id) return;
    this.selectedId = id;
    this.emit('selection', id);
  }

  narrow(change) {
    Object.assign(this.filter, change);
    this.emit('filter');
  }

  connect(state) {
    this.connection = state;
    this.emit('connection', state);
  }

  stopOf(robot) {
    if (this.fleetStop.stopped) return {...this.fleetStop, scope: 'FLEET'};
    return robot.latch?.stopped ? {...robot.latch, scope: 'ROBOT'} : null;
  }

  matches(robot) {
    const {text, tag, presence, condition} = this.filter;
    if (presence && robot.dto.presence !== presence) return false;
    if (condition && robot.condition !== condition) return false;
    if (tag && !robot.tags.includes(tag)) return false;
    const sought = text.trim().toLowerCase();
    if (!sought) return true;
    const {identity} = robot.dto;
    return [robot.name, robot.id, identity?.model, identity?.vendor, robot.firmware, ...robot.tags].some(words =>
      words?.toLowerCase().includes(sought),
    );
  }

  /** Takes in one event of the stream; events of names it does not know are left alone. */
  take(name, data) {
    switch (name) {
      case 'snapshot':
        return this.#begin(data);
      case 'robot.telemetry.updated':
        return this.#move(data.samples);
      case 'robot.command.ack':
        return this.#execute(data);
      case 'robot.settings.updated':
        return this.emit('settings', data);
      case 'estop.updated':
        return this.#stop(data);
      case 'job.updated':
        return this.emit('job', data);
      case 'queue.updated':
        return this.emit('queue', data);
      default:
        if (name.startsWith('robot.') && data.robotId) this.#update(data);
    }
  }

  #begin({robots, fleetStop, serverTime}) {
    this.#skew = Date.parse(serverTime) - Date.now();
    this.fleetStop = fleetStop;
    const present = new Set(robots.map(dto => dto.robotId));
    for (const id of this.robots.keys()) if (!present.has(id)) this.robots.delete(id);
    for (const dto of robots) this.#put(dto);
    this.emit('robots', null);
    this.emit('estop');
    this.emit('resync');
  }

  #put(dto) {
    const known = this.robots.get(dto.robotId);
    if (known) known.update(dto);
    else this.robots.set(dto.robotId, new Robot(dto));
  }

  #update(dto) {
    this.#put(dto);
    this.emit('robots', dto.robotId);
  }

  #move(samples) {
    const now = performance.now();
    const glides = !this.reducedMotion.matches;
    for (const sample of samples) this.robots.get(sample.robotId)?.track.add(sample, now, glides);
    this.emit('samples', samples);
  }

  #execute(execution) {
    const robot = this.robots.get(execution.robotId);
    if (robot) {
      if (!hasEnded(execution)) robot.execution = execution;
      else if (robot.execution?.commandId === execution.commandId) robot.execution = null;
    }
    this.emit('command', execution);
  }

  #stop({robotId, ...latch}) {
    if (!robotId) this.fleetStop = latch;
    else if (this.robots.has(robotId)) this.robots.get(robotId).latch = latch;
    this.emit('estop');
  }
}
