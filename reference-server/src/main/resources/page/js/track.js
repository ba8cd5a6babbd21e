// Where a robot is and was. Between two samples it glides, so that ten samples a second look like motion.
import {isBefore} from './format.js';

const TRAIL_POINTS = 800;
const FINEST_STEP_M = 0.2;
const JUMP_M = 10;
const LONGEST_GLIDE_MS = 1200;

const turn = (from, to) => Math.atan2(Math.sin(to - from), Math.cos(to - from));

export class Track {
  x = 0;
  y = 0;
  yaw = 0;
  sample = null;
  /** Where it was, oldest first, at least `step` metres apart; a long way is kept whole, but coarser. */
  trail = [];
  step = FINEST_STEP_M;
  #from = {x: 0, y: 0, yaw: 0};
  #since = null;
  #began = 0;
  #until = 0;

  get isKnown() {
    return this.sample !== null && this.sample.x !== undefined && this.sample.x !== null;
  }

  /** @param now the page's monotonic clock in ms; @param glides false to show the sample at once */
  add(sample, now, glides = true) {
    const before = this.isKnown ? this.sample : null;
    this.sample = sample;
    if (!this.isKnown) return;
    this.#since ??= sample.sentAt;
    this.#leaveTrail(sample);
    this.moveTo(now);
    const gap = now - this.#began;
    const jumps = !before || !glides || gap > LONGEST_GLIDE_MS * 2 || Math.hypot(sample.x - this.x, sample.y - this.y) > JUMP_M;
    this.#from = jumps ? {x: sample.x, y: sample.y, yaw: sample.yaw ?? 0} : {x: this.x, y: this.y, yaw: this.yaw};
    this.#began = now;
    this.#until = jumps ? now : now + Math.min(LONGEST_GLIDE_MS, Math.max(60, gap * 1.1));
    this.moveTo(now);
  }

  /** Sets x, y and yaw to what they are at this moment. */
  moveTo(now) {
    if (!this.isKnown) return;
    const whole = this.#until - this.#began;
    const part = whole > 0 ? Math.min(1, (now - this.#began) / whole) : 1;
    const {x, y, yaw} = this.sample;
    this.x = this.#from.x + (x - this.#from.x) * part;
    this.y = this.#from.y + (y - this.#from.y) * part;
    this.yaw = this.#from.yaw + turn(this.#from.yaw, yaw ?? 0) * part;
  }

  isMoving(now) {
    return now < this.#until;
  }

  /** Puts what was before the page knew of it in front of what it saw. */
  recall(samples, now) {
    const earlier = samples.filter(sample => !this.#since || isBefore(sample.sentAt, this.#since));
    if (earlier.length === 0) return;
    const seen = this.trail;
    this.trail = [];
    for (const place of [...earlier, ...seen]) this.#leaveTrail(place);
    if (!this.sample) this.add(earlier.at(-1), now, false);
    this.#since = earlier[0].sentAt;
  }

  #leaveTrail({x, y}) {
    const last = this.trail.at(-1);
    if (last && Math.hypot(x - last.x, y - last.y) < this.step) return;
    this.trail.push({x, y});
    if (this.trail.length < TRAIL_POINTS) return;
    this.trail = this.trail.filter((_, i) => i % 2 === 1);
    this.step *= 2;
  }
}
