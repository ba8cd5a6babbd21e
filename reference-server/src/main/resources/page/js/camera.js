// What part of the floor the map shows: metres (x right, y up) to pixels (x right, y down).
const LEAST = 0.05;
const MOST = 400;
const EASE_MS = 260;

export class Camera {
  x = 0;
  y = 0;
  /** Pixels per metre. */
  scale = 20;
  width = 1;
  height = 1;
  #flight = null;

  toScreenX(x) {
    return this.width / 2 + (x - this.x) * this.scale;
  }
  toScreenY(y) {
    return this.height / 2 - (y - this.y) * this.scale;
  }
  toFloorX(px) {
    return this.x + (px - this.width / 2) / this.scale;
  }
  toFloorY(py) {
    return this.y - (py - this.height / 2) / this.scale;
  }

  resize(width, height) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  panBy(dx, dy) {
    this.#flight = null;
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
  }

  /** Zooms so that the point under (px, py) stays where it is. */
  zoomAt(factor, px = this.width / 2, py = this.height / 2) {
    this.#flight = null;
    const x = this.toFloorX(px);
    const y = this.toFloorY(py);
    this.scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y + (py - this.height / 2) / this.scale;
  }

  centre(x, y) {
    this.#flight = null;
    this.x = x;
    this.y = y;
  }

  /** Shows all points with room around them. @param eases false to be there at once */
  fit(points, now, eases) {
    if (points.length === 0) return;
    const xs = points.map(p => p.x);
    const ys = points.map(p => p.y);
    const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = 72;
    const scale = Math.min((this.width - 2 * room) / Math.max(right - left, 8), (this.height - 2 * room) / Math.max(top - bottom, 5));
    const target = {x: (left + right) / 2, y: (bottom + top) / 2, scale: Math.min(60, Math.max(LEAST, scale))};
    if (eases) this.#flight = {from: {x: this.x, y: this.y, scale: this.scale}, target, began: now};
    else Object.assign(this, target);
  }

  /** Whether the view is still moving after this step. */
  step(now) {
    if (!this.#flight) return false;
    const {from, target, began} = this.#flight;
    const part = Math.min(1, (now - began) / EASE_MS);
    const eased = 1 - (1 - part) ** 3;
    for (const key of ['x', 'y', 'scale']) this[key] = from[key] + (target[key] - from[key]) * eased;
    if (part === 1) this.#flight = null;
    return part < 1;
  }

  sees(x, y, margin = 0) {
    const px = this.toScreenX(x);
    const py = this.toScreenY(y);
    return px >= margin && py >= margin && px <= this.width - margin && py <= this.height - margin;
  }
}
