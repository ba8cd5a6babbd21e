// The page's start: signs in, opens the stream, and puts the views together. The address says which robot is open:
// #/robots/{id}/{tab}; #/jobs/…, #/models/… and #/training/… are the other views.
import {h, icon, text} from './dom.js';
import {Store} from './store.js';
import {Live} from './live.js';
import {Toasts} from './toast.js';
import {forgetToken, signIn} from './session.js';
import {createMap} from './map.js';
import {createTable} from './table.js';
import {createDetail} from './detail.js';
import {createSplitter} from './splitter.js';
import {createSummary} from './summary.js';
import {createFleetStop, EmergencyStops} from './estop.js';
import {recallTrails} from './history.js';
import {createViews} from './views.js';
import {words} from './format.js';

const by = id => document.getElementById(id);
const toasts = new Toasts(by('toasts'));

addEventListener('error', event => toasts.fail(event.error));
addEventListener('unhandledrejection', event => toasts.fail(event.reason));

start();

async function start() {
  const {api, session} = await signIn(by('sign-in'), signOut);
  const store = new Store();
  const fleet = {api, store, toasts, canWrite: session.role !== 'VIEWER', isAdmin: session.role === 'ADMIN'};
  fleet.stops = new EmergencyStops(fleet);

  document.querySelector('.topbar').hidden = false;
  const views = createViews(by('views'), fleet);
  const map = createMap(by('map'), store, id => open(id, false));
  const table = createTable(by('robots'), store, id => open(id, true));
  const detail = createDetail(by('detail'), fleet, close);
  createSplitter(by('splitter'), by('main'));
  createSummary(by('summary'), store);
  createFleetStop(by('fleet-stop'), by('banner'), fleet);
  createAccount(
    by('account'),
    session,
    () => map.repaint(),
    () => detail.repaint(),
    () => views.repaint(),
  );
  showConnection(store);

  let wantsFocus = false;

  function open(id, focus) {
    wantsFocus = focus;
    const target = id ? `#/robots/${encodeURIComponent(id)}${detail.tab ? `/${detail.tab}` : ''}` : '#/';
    if (location.hash === target) route();
    else location.hash = target;
  }

  function close() {
    open(null, false);
    table.focus();
  }

  function route() {
    if (location.hash.startsWith('#token=')) return location.reload();
    if (!/^(#\/.*)?$/.test(location.hash)) return;
    views.show();
    if (!views.isRobots) return;
    const [, id, tab] = /^#\/robots\/([^/]+)(?:\/(\w+))?$/.exec(location.hash) ?? [];
    const robotId = id ? decodeURIComponent(id) : null;
    by('main').classList.toggle('has-detail', robotId !== null);
    store.select(robotId);
    detail.show(robotId, tab, wantsFocus);
    wantsFocus = false;
  }

  addEventListener('hashchange', route);
  addEventListener('keydown', event => {
    const typing = event.target.closest('input, textarea, select, dialog');
    if (!views.isRobots) views.press(event, Boolean(typing));
    else if (event.key === '/' && !typing) {
      event.preventDefault();
      table.search();
    } else if (event.key === 'Escape' && !typing && store.selectedId) close();
  });

  let first = true;
  store.on('resync', () => {
    if (first) recallTrails(fleet);
    first = false;
    route();
  });
  setInterval(() => store.emit('tick'), 1000);
  new Live(
    api,
    (name, data) => store.take(name, data),
    state => store.connect(state),
  ).run();
}

function signOut() {
  forgetToken();
  location.reload();
}

function showConnection(store) {
  const element = by('connection');
  let lostAt = 0;
  const show = state => {
    const lost = state === 'lost';
    if (lost && !lostAt) lostAt = Date.now();
    if (!lost) lostAt = 0;
    document.body.classList.toggle('stale', lost);
    element.dataset.state = state;
    text(element, lost ? `Reconnecting · data is ${Math.round((Date.now() - lostAt) / 1000)} s old` : words(state));
  };
  store.on('connection', show);
  store.on('tick', () => {
    if (store.connection === 'lost') show('lost');
  });
  show('connecting');
}

function createAccount(menu, {name, role}, ...repaints) {
  const summary = menu.querySelector('summary');
  summary.append(
    icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0'),
    h('span', {class: 'only-read'}, 'Account '),
    h('span', {class: 'name'}, h('bdi', {}, name)),
  );
  const buttons = [
    ['', 'System'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ].map(([theme, label]) =>
    h('button', {class: 'button', type: 'button', 'data-theme-choice': theme, onclick: () => choose(theme)}, label),
  );
  menu.append(
    h(
      'div',
      {class: 'menu-body'},
      h('p', {}, h('b', {}, h('bdi', {}, name)), h('br'), h('span', {class: 'soft'}, words(role))),
      h(
        'div',
        {class: 'field'},
        h('span', {class: 'label', id: 'theme-label'}, 'Appearance'),
        h('div', {class: 'segments', role: 'group', 'aria-labelledby': 'theme-label'}, buttons),
      ),
      h('button', {class: 'button', type: 'button', onclick: signOut}, 'Sign out'),
    ),
  );

  function choose(theme) {
    if (theme) localStorage.setItem('theme', theme);
    else localStorage.removeItem('theme');
    document.documentElement.dataset.theme = theme;
    mark();
    repaints.forEach(repaint => repaint());
  }

  function mark() {
    const chosen = localStorage.getItem('theme') ?? '';
    buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.themeChoice === chosen)));
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => repaints.forEach(repaint => repaint()));
  addEventListener('pointerdown', event => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  });
  mark();
}
