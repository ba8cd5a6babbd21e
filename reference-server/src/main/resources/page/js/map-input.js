// Mouse, touch and keys on the map, told as what is meant: pan, zoom, point, pick.
const CLICK_PX = 5;
const KEY_PAN_PX = 60;
const KEY_ZOOM = 1.25;

/** @param on {pan(dx, dy), zoom(factor, x, y), point(x, y), leave(), pick(x, y), fit()} */
export function listen(canvas, on) {
  const fingers = new Map();
  let travelled = 0;

  const place = event => {
    const box = canvas.getBoundingClientRect();
    return {x: event.clientX - box.left, y: event.clientY - box.top};
  };

  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    if (fingers.size === 0) travelled = 0;
    fingers.set(event.pointerId, place(event));
  });

  canvas.addEventListener('pointermove', event => {
    const to = place(event);
    const from = fingers.get(event.pointerId);
    if (!from) return on.point(to.x, to.y);
    travelled += Math.hypot(to.x - from.x, to.y - from.y);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, to);
    if (other) pinch(from, to, other);
    else if (travelled > CLICK_PX) on.pan(to.x - from.x, to.y - from.y);
  });

  function pinch(from, to, other) {
    on.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const after = Math.hypot(to.x - other.x, to.y - other.y);
    if (before > 10) on.zoom(after / before, (to.x + other.x) / 2, (to.y + other.y) / 2);
  }

  canvas.addEventListener('pointerup', event => {
    const alone = fingers.delete(event.pointerId) && fingers.size === 0;
    if (!alone || travelled > CLICK_PX) return;
    const {x, y} = place(event);
    on.pick(x, y);
  });
  canvas.addEventListener('pointercancel', event => fingers.delete(event.pointerId));
  canvas.addEventListener('pointerleave', () => on.leave());

  canvas.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      const {x, y} = place(event);
      on.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), x, y);
    },
    {passive: false},
  );

  const keys = {
    ArrowLeft: () => on.pan(KEY_PAN_PX, 0),
    ArrowRight: () => on.pan(-KEY_PAN_PX, 0),
    ArrowUp: () => on.pan(0, KEY_PAN_PX),
    ArrowDown: () => on.pan(0, -KEY_PAN_PX),
    '+': () => on.zoom(KEY_ZOOM),
    '=': () => on.zoom(KEY_ZOOM),
    '-': () => on.zoom(1 / KEY_ZOOM),
    0: () => on.fit(),
    f: () => on.fit(),
  };
  canvas.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}
