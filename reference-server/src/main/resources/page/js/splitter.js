// The border between map and table: dragged, or moved with the arrow keys; kept for the next visit.
const KEY = 'map-share';
const [LEAST, USUAL, MOST] = [20, 56, 80];
const STEP = 4;

export function createSplitter(splitter, frame) {
  let share = Number(localStorage.getItem(KEY)) || USUAL;

  function set(percent) {
    share = Math.min(MOST, Math.max(LEAST, percent));
    frame.style.setProperty('--map-share', `${share}fr`);
    frame.style.setProperty('--table-share', `${100 - share}fr`);
    splitter.setAttribute('aria-valuenow', String(Math.round(share)));
  }

  function keep(percent) {
    set(percent);
    localStorage.setItem(KEY, String(share));
  }

  splitter.addEventListener('pointerdown', event => splitter.setPointerCapture(event.pointerId));
  splitter.addEventListener('pointermove', event => {
    if (!splitter.hasPointerCapture(event.pointerId)) return;
    const box = frame.getBoundingClientRect();
    keep(((event.clientY - box.top) / box.height) * 100);
  });
  splitter.addEventListener('dblclick', () => keep(USUAL));
  splitter.addEventListener('keydown', event => {
    const step = {ArrowUp: -STEP, ArrowDown: STEP}[event.key];
    if (!step) return;
    event.preventDefault();
    keep(share + step);
  });
  set(share);
}
