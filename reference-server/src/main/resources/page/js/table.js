// The robots as a table: sorted, filtered, one tab stop, arrow keys between rows. Refreshed once a second.
import {h, select, text} from './dom.js';
import {conditionIcon} from './conditions.js';
import {since, words} from './format.js';

const PRESENCES = ['ONLINE', 'OFFLINE', 'CONNECTION_BROKEN', 'HIBERNATING'];
const compareText = new Intl.Collator('en', {numeric: true}).compare;

const COLUMNS = [
  {key: 'name', label: 'Robot', of: robot => robot.name, cell: whoCell},
  {key: 'presence', label: 'Presence', of: robot => words(robot.dto.presence), cell: presenceCell, optional: true},
  {key: 'battery', label: 'Battery', of: robot => robot.battery ?? -1, cell: batteryCell},
  {key: 'mode', label: 'Mode', of: robot => words(robot.dto.status?.mode), cell: textCell, optional: true},
  {key: 'state', label: 'State', of: stateOf, cell: stateCell},
  {key: 'firmware', label: 'Firmware', of: robot => robot.firmware ?? '–', cell: textCell, optional: true},
  {key: 'seen', label: 'Last seen', of: robot => Date.parse(robot.dto.lastSeenAt ?? 0), cell: seenCell},
];

/** @param open called with the id of the robot whose row was chosen */
export function createTable(root, store, open) {
  const rows = new Map();
  let sort = {key: 'name', falling: false};
  let focusedId = null;
  let offeredTags = null;

  const search = h('input', {
    type: 'search',
    placeholder: 'Filter by name, tag, model',
    'aria-label': 'Filter robots by text',
    oninput: () => store.narrow({text: search.value}),
  });
  const presence = select([['', 'Any presence'], ...PRESENCES.map(p => [p, words(p)])], '', {
    'aria-label': 'Filter by presence',
    onchange: () => store.narrow({presence: presence.value}),
  });
  const tag = h('select', {'aria-label': 'Filter by tag', onchange: () => store.narrow({tag: tag.value})});
  const clear = h('button', {class: 'button plain', type: 'button', onclick: clearFilter}, 'Clear');
  const count = h('span', {class: 'soft small count', role: 'status'});
  const heads = COLUMNS.map(column =>
    h(
      'th',
      {scope: 'col', class: column.optional ? 'optional' : null},
      h('button', {type: 'button', onclick: () => sortBy(column)}, column.label),
    ),
  );
  const body = h('tbody', {});
  const empty = h('p', {class: 'empty', hidden: true});
  const table = h(
    'table',
    {class: 'table', role: 'grid', id: 'fleet-table', 'aria-label': 'Robots', tabindex: '-1'},
    h('thead', {}, h('tr', {}, heads)),
    body,
  );
  root.append(h('div', {class: 'toolbar'}, search, tag, presence, clear, count), h('div', {class: 'scroll'}, table, empty));

  function clearFilter() {
    search.value = '';
    presence.value = '';
    tag.value = '';
    store.narrow({text: '', tag: '', presence: '', condition: ''});
    search.focus();
  }

  function sortBy(column) {
    sort = {key: column.key, falling: sort.key === column.key ? !sort.falling : column.key === 'seen'};
    refresh();
  }

  function sorted() {
    const column = COLUMNS.find(c => c.key === sort.key);
    const direction = sort.falling ? -1 : 1;
    const shown = [...store.robots.values()].filter(robot => store.matches(robot)).map(robot => ({robot, value: column.of(robot)}));
    shown.sort(
      (a, b) =>
        direction * (typeof a.value === 'number' ? a.value - b.value : compareText(a.value, b.value)) ||
        compareText(a.robot.id, b.robot.id),
    );
    return shown.map(({robot}) => robot);
  }

  function refresh() {
    const robots = sorted();
    COLUMNS.forEach((column, i) => {
      if (column.key === sort.key) heads[i].setAttribute('aria-sort', sort.falling ? 'descending' : 'ascending');
      else heads[i].removeAttribute('aria-sort');
    });
    const hadFocus = body.contains(document.activeElement);
    const shown = new Set(robots.map(robot => robot.id));
    for (const [id, row] of rows) {
      if (shown.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    robots.forEach((robot, i) => {
      const row = rows.get(robot.id) ?? createRow(robot);
      if (body.children[i] !== row.element) body.insertBefore(row.element, body.children[i] ?? null);
      row.update(robot, store);
    });
    if (!shown.has(focusedId)) focusedId = shown.has(store.selectedId) ? store.selectedId : (robots[0]?.id ?? null);
    markRows();
    if (hadFocus && !body.contains(document.activeElement)) rows.get(focusedId)?.element.focus();
    showCount(robots.length);
  }

  function showCount(shown) {
    const all = store.robots.size;
    const filters = Object.values(store.filter).some(Boolean);
    text(count, filters ? `${shown} of ${all}` : `${all} ${all === 1 ? 'robot' : 'robots'}`);
    clear.hidden = !filters;
    empty.hidden = shown > 0;
    text(empty, all > 0 ? 'No robot matches this filter.' : 'No robots yet. They appear as soon as they report.');
  }

  function createRow(robot) {
    const cells = COLUMNS.map(column => h('td', {class: column.optional ? 'optional' : null}));
    const fills = COLUMNS.map((column, i) => column.cell(cells[i], column));
    const element = h('tr', {'data-id': robot.id}, cells);
    const row = {element, update: (current, from) => fills.forEach(fill => fill(current, from))};
    rows.set(robot.id, row);
    return row;
  }

  function markRows() {
    for (const [id, {element}] of rows) {
      element.tabIndex = id === focusedId ? 0 : -1;
      element.setAttribute('aria-selected', String(id === store.selectedId));
    }
  }

  function focusRow(element) {
    if (!element) return;
    focusedId = element.dataset.id;
    markRows();
    element.focus();
  }

  body.addEventListener('click', event => {
    const row = event.target.closest('tr');
    focusRow(row);
    open(row.dataset.id);
  });
  body.addEventListener('keydown', event => {
    const row = event.target.closest('tr');
    const moves = {
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: body.firstElementChild,
      End: body.lastElementChild,
    };
    if (event.key in moves) focusRow(moves[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') open(row.dataset.id);
    else return;
    event.preventDefault();
  });

  function refreshTags() {
    const tags = [...new Set([...store.robots.values()].flatMap(robot => robot.tags))].sort(compareText);
    const chosen = store.filter.tag;
    const news = JSON.stringify(tags);
    if (news === offeredTags) return;
    offeredTags = news;
    tag.replaceChildren(h('option', {value: ''}, 'Any tag'), ...tags.map(t => h('option', {value: t}, t)));
    tag.value = tags.includes(chosen) ? chosen : '';
    if (tag.value !== chosen) store.narrow({tag: ''});
  }

  for (const topic of ['tick', 'resync']) {
    store.on(topic, refreshTags);
    store.on(topic, refresh);
  }
  store.on('filter', refresh);
  store.on('selection', id => {
    markRows();
    rows.get(id)?.element.scrollIntoView({block: 'nearest'});
  });

  return {focus: () => rows.get(focusedId)?.element.focus(), search: () => search.focus()};
}

function whoCell(cell) {
  const shape = h('span', {class: 'row'});
  const name = h('bdi', {});
  const id = h('span', {class: 'soft small'});
  cell.append(h('div', {class: 'who'}, shape, h('b', {}, name), id));
  let condition = null;
  return robot => {
    if (condition !== robot.condition) shape.replaceChildren(conditionIcon((condition = robot.condition)));
    text(name, robot.name);
    text(id, robot.isNamed ? robot.id : '');
    cell.title = robot.name;
  };
}

function presenceCell(cell, column) {
  return robot => {
    cell.className = `optional ${robot.dto.presence === 'ONLINE' ? '' : `c-${robot.condition}`}`;
    text(cell, column.of(robot));
  };
}

function stateOf({dto: {status}}) {
  return words(status?.emergencyStop ? 'STOPPED' : status?.state);
}

/** Of a robot that is away, what it said last. */
function stateCell(cell) {
  return robot => {
    cell.className = robot.dto.presence === 'ONLINE' ? '' : 'soft';
    text(cell, stateOf(robot));
  };
}

function textCell(cell, column) {
  return robot => text(cell, column.of(robot));
}

function batteryCell(cell) {
  const bar = h('i', {});
  const words = h('span', {});
  const battery = h('span', {class: 'battery'}, bar, words);
  cell.append(battery);
  return robot => {
    const level = robot.battery === null ? null : Math.round(robot.battery);
    battery.classList.toggle('low', level !== null && level < 20);
    battery.classList.toggle('middle', level !== null && level >= 20 && level < 40);
    bar.hidden = level === null;
    bar.style.setProperty('--level', level ?? 0);
    text(words, level === null ? '–' : `${level} %${robot.dto.status?.charging ? ' ⚡' : ''}`);
  };
}

function seenCell(cell) {
  return (robot, store) => text(cell, since(robot.dto.lastSeenAt, store.now()));
}
