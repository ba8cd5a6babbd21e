// The live map. It draws when something moved or changed, at most once a frame, and rests otherwise.
import {h, icon} from './dom.js';
import {Camera} from './camera.js';
import {listen} from './map-input.js';
import {paint, palette} from './map-draw.js';
import {createTip} from './map-tip.js';

const REACH_PX = 22;
const EDGE_PX = 24;

/** @param pick called with the id of a robot the operator chose, or null for the bare floor */
export function createMap(root, store, pick) {
  const camera = new Camera();
  const canvas = h('canvas', {tabindex: '0', role: 'application', 'aria-label': 'Map of the robots', 'aria-describedby': 'map-keys'});
  const g = canvas.getContext('2d', {alpha: false});
  const tip = createTip();
  const note = h(
    'div',
    {class: 'map-note', hidden: true},
    h('h2', {}, 'No robots yet'),
    h('p', {class: 'soft'}, 'A robot appears here as soon as its agent connects to this fleet and reports.'),
    h(
      'p',
      {class: 'soft'},
      'To see some now, run ',
      h('code', {}, './fleet demo'),
      '; to bring your own, start an agent with this fleet’s NATS address.',
    ),
  );
  const tool = (label, path, onclick) =>
    h('button', {class: 'button square', type: 'button', title: label, 'aria-label': label, onclick}, icon(path));
  const follow = tool('Keep the selected robot in the middle', 'M12 3v4m0 10v4M3 12h4m10 0h4M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z', () =>
    setFollowing(!following),
  );
  root.append(
    canvas,
    h(
      'p',
      {class: 'only-read', id: 'map-keys'},
      'Arrow keys move the map, plus and minus zoom, F shows all robots. The table below lists the same robots.',
    ),
    h(
      'div',
      {class: 'map-tools'},
      tool('Zoom in', 'M12 5v14M5 12h14', () => moved(() => camera.zoomAt(1.4))),
      tool('Zoom out', 'M5 12h14', () => moved(() => camera.zoomAt(1 / 1.4))),
      tool('Show all robots', 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5', () => fit()),
      follow,
    ),
    tip.element,
    note,
  );

  let look = palette();
  let hoveredId = null;
  let fitsItself = true;
  let following = false;
  let frame = 0;

  const known = () => [...store.robots.values()].filter(robot => robot.track.isKnown);
  const draw = () => {
    frame ||= requestAnimationFrame(paintFrame);
  };

  function paintFrame() {
    frame = 0;
    const now = performance.now();
    const robots = known();
    let moving = camera.step(now);
    for (const {track} of robots) {
      track.moveTo(now);
      moving ||= track.isMoving(now);
    }
    if (following) keepInMiddle();
    paint(g, camera, robots, {selectedId: store.selectedId, hoveredId, matches: robot => store.matches(robot)}, look);
    tip.show(store.robots.get(hoveredId), camera);
    if (moving) draw();
  }

  function keepInMiddle() {
    const selected = store.robots.get(store.selectedId);
    if (selected?.track.isKnown) camera.centre(selected.track.x, selected.track.y);
  }

  /** @param eases false to be there at once; @param more places that should be seen as well */
  function fitAll(eases, more = []) {
    const places = [...known().map(robot => robot.track), ...more];
    camera.fit(places, performance.now(), eases && !store.reducedMotion.matches);
    draw();
  }

  function keepAllInside() {
    if (fitsItself && !following && !known().every(({track}) => camera.sees(track.x, track.y, EDGE_PX))) fitAll(true);
  }

  /** After the operator moved the map, it stays where they put it. */
  function moved(change) {
    fitsItself = false;
    setFollowing(false);
    change();
    draw();
  }

  function fit() {
    fitsItself = true;
    setFollowing(false);
    fitAll(true, store.robots.get(store.selectedId)?.track.trail);
  }

  function setFollowing(on) {
    following = on && Boolean(store.selectedId);
    follow.setAttribute('aria-pressed', String(following));
    draw();
  }

  function nearest(px, py) {
    let best = null;
    let reach = REACH_PX;
    for (const robot of known()) {
      const distance = Math.hypot(camera.toScreenX(robot.track.x) - px, camera.toScreenY(robot.track.y) - py);
      if (distance < reach) [best, reach] = [robot, distance];
    }
    return best;
  }

  function hover(id) {
    if (id === hoveredId) return;
    hoveredId = id;
    canvas.classList.toggle('over', id !== null);
    draw();
  }

  listen(canvas, {
    pan: (dx, dy) => moved(() => camera.panBy(dx, dy)),
    zoom: (factor, x, y) => moved(() => camera.zoomAt(factor, x, y)),
    point: (x, y) => hover(nearest(x, y)?.id ?? null),
    leave: () => hover(null),
    pick: (x, y) => pick(nearest(x, y)?.id ?? null),
    fit,
  });

  new ResizeObserver(() => {
    const ratio = devicePixelRatio || 1;
    const {width, height} = canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    camera.resize(width, height);
    if (fitsItself) fitAll(false);
    cancelAnimationFrame(frame);
    paintFrame();
  }).observe(canvas);

  let placed = 0;
  store.on('samples', () => {
    const count = known().length;
    if (fitsItself && count > placed) fitAll(placed > 0);
    placed = count;
    draw();
  });
  store.on('robots', () => {
    note.hidden = store.robots.size > 0;
    canvas.setAttribute('aria-label', `Map of ${store.robots.size} robots`);
    draw();
  });
  store.on('tick', keepAllInside);
  store.on('filter', draw);
  store.on('selection', id => {
    if (!id) setFollowing(false);
    follow.disabled = !id;
    const robot = store.robots.get(id);
    if (robot?.track.isKnown && !camera.sees(robot.track.x, robot.track.y, EDGE_PX)) camera.centre(robot.track.x, robot.track.y);
    draw();
  });
  follow.disabled = true;
  setFollowing(false);

  return {
    /** Colours have changed. */
    repaint() {
      look = palette();
      draw();
    },
  };
}
