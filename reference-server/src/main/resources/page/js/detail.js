// One robot: its head, and four panels of which one is open.
import {h} from './dom.js';
import {createHead} from './detail-head.js';
import {createTelemetry} from './telemetry.js';
import {createCommands} from './commands.js';
import {createSettings} from './settings.js';
import {createAbout} from './about.js';

const TABS = {
  telemetry: {label: 'Telemetry', create: createTelemetry},
  commands: {label: 'Commands', create: createCommands},
  settings: {label: 'Settings', create: createSettings},
  about: {label: 'About', create: createAbout},
};

/** @param close called when the operator closes the robot */
export function createDetail(root, fleet, close) {
  const {store} = fleet;
  let open = null;

  function show(robotId, tab, focus) {
    const robot = store.robots.get(robotId);
    const key = robot ? robotId : null;
    if (!robotId) return hide();
    if (!robot) return missing(robotId);
    if (open?.key !== key) {
      hide();
      open = {key, ...mount(root, robot, fleet, close)};
    }
    root.hidden = false;
    open.choose(TABS[tab] ? tab : 'telemetry');
    if (focus) open.focus();
  }

  function hide() {
    open?.end();
    open = null;
    root.replaceChildren();
    root.hidden = true;
  }

  function missing(robotId) {
    hide();
    root.hidden = false;
    root.append(
      h(
        'div',
        {class: 'detail-head'},
        h('h2', {}, 'No such robot'),
        h('p', {class: 'soft'}, 'This fleet has not heard of ', h('bdi', {}, robotId), '. The page opens it as soon as it reports.'),
        h('div', {}, h('button', {class: 'button', type: 'button', onclick: close}, 'Show all robots')),
      ),
    );
  }

  store.on('robots', id => {
    if (id && id === store.selectedId && !open) show(id, undefined, false);
  });

  return {
    show,
    get tab() {
      return open?.tab() ?? '';
    },
    repaint() {
      open?.repaint();
    },
  };
}

function mount(root, robot, fleet, close) {
  const {store} = fleet;
  const scope = store.scope();
  const head = createHead(robot, fleet, close);
  const tabs = Object.fromEntries(
    Object.entries(TABS).map(([key, {label}]) => [
      key,
      h('button', {type: 'button', role: 'tab', id: `tab-${key}`, 'aria-controls': 'panel', onclick: () => go(key)}, label),
    ]),
  );
  const bar = h('div', {class: 'tabs', role: 'tablist', 'aria-label': 'About this robot', onkeydown: moveTab}, Object.values(tabs));
  const panel = h('div', {class: 'panel', role: 'tabpanel', id: 'panel', tabindex: '-1'});
  root.append(head.element, bar, panel);
  let current = null;

  function go(key) {
    location.hash = `#/robots/${encodeURIComponent(robot.id)}/${key}`;
  }

  function moveTab(event) {
    const keys = Object.keys(TABS);
    const at = keys.indexOf(current.key);
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1 + keys.length, Home: 0, End: keys.length - 1}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const key = keys[to % keys.length];
    tabs[key].focus();
    go(key);
  }

  function choose(key) {
    if (current?.key === key) return;
    current?.view.end();
    for (const [name, tab] of Object.entries(tabs)) {
      tab.setAttribute('aria-selected', String(name === key));
      tab.tabIndex = name === key ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${key}`);
    const view = TABS[key].create(robot, fleet);
    panel.replaceChildren(view.element);
    panel.scrollTop = 0;
    current = {key, view};
  }

  let due = 0;
  scope.on('samples', () => {
    if (performance.now() < due) return;
    due = performance.now() + 250;
    head.refresh();
  });
  scope.on('robots', id => {
    if (id === robot.id || id === null) head.refresh();
  });
  for (const topic of ['estop', 'tick', 'command']) scope.on(topic, () => head.refresh());
  head.refresh();

  return {
    choose,
    tab: () => current?.key,
    focus: () => head.focus(),
    repaint: () => current?.view.repaint?.(),
    end() {
      current?.view.end();
      scope.close();
    },
  };
}
