// The models by name, and which versions their aliases point at.
import {h, text} from './dom.js';
import {aliasChips, metric, modelLink, stateChip, versionLink} from './model-words.js';
import {rewrite} from './panel.js';
import {since} from './format.js';

const HEADS = ['Model', 'Latest', 'Aliases', 'For', 'Metrics of the latest'];
const SHOWN_METRICS = 3;

export function createModelTable(models) {
  const {api, toasts} = models;
  const search = h('input', {
    type: 'search',
    placeholder: 'Filter by name, robot, dataset',
    'aria-label': 'Filter models by text',
    oninput: () => show(),
  });
  const count = h('span', {class: 'soft small count', role: 'status'});
  const body = h('tbody', {});
  const empty = h('p', {class: 'empty'}, 'Loading…');
  const table = h(
    'table',
    {class: 'table plain', 'aria-label': 'Models', id: 'models-table', tabindex: '-1'},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        HEADS.map(label => h('th', {scope: 'col'}, h('span', {}, label))),
      ),
    ),
    body,
  );
  const element = h(
    'section',
    {class: 'jobs-list', 'aria-label': 'Models'},
    h('div', {class: 'toolbar'}, search, count),
    h('div', {class: 'scroll'}, table, empty),
  );
  let known = null;
  let selected = null;
  let shown = '';

  async function refresh() {
    try {
      known = await api.get('/models');
      show();
    } catch (problem) {
      if (known === null) text(empty, 'The models could not be loaded.');
      toasts.fail(problem);
    }
  }

  function show() {
    if (known === null) return;
    const sought = search.value.trim().toLowerCase();
    const found = known.filter(model => told(model).some(words => words?.toLowerCase().includes(sought)));
    const news = JSON.stringify([found, selected]);
    if (news !== shown) {
      shown = news;
      rewrite(
        body,
        found.map(model => createRow(model, model.name === selected, models.now())),
      );
    }
    empty.hidden = found.length > 0;
    text(empty, known.length > 0 ? 'No model matches this filter.' : 'No models yet. They appear as soon as one is published.');
    text(count, found.length === 1 ? '1 model' : `${found.length} models`);
  }

  return {
    element,
    refresh,
    search: () => search.focus(),
    focus: () => (body.querySelector('[aria-current]') ?? body.querySelector('a') ?? search).focus(),
    select(name) {
      selected = name;
      show();
    },
  };
}

const told = ({name, embodiments, latest}) => [name, ...embodiments, latest.dataset, latest.description];

function createRow({name, versions, latest, aliases, embodiments}, isSelected, now) {
  const link = h('a', {href: modelLink(name), 'data-keep': name, 'aria-current': isSelected ? 'true' : null}, h('bdi', {}, name));
  const metrics = Object.entries(latest.metrics ?? {}).slice(0, SHOWN_METRICS);
  return h(
    'tr',
    {'data-model': name},
    h('td', {}, h('b', {}, link), h('div', {class: 'soft small'}, versions === 1 ? '1 version' : `${versions} versions`)),
    h(
      'td',
      {'data-label': 'Latest'},
      h('div', {class: 'row'}, h('a', {href: versionLink(name, latest.version), 'data-keep': `${name} latest`}, latest.version), stateChip(latest)),
      h('div', {class: 'soft small'}, since(latest.created, now)),
    ),
    h('td', {'data-label': 'Aliases'}, h('div', {class: 'row'}, aliasChips(aliases))),
    h('td', {'data-label': 'For'}, h('bdi', {}, embodiments.join(', ') || '–')),
    h(
      'td',
      {},
      metrics.map(([key, value]) => h('div', {class: 'small'}, h('span', {class: 'soft'}, h('bdi', {}, key)), ` ${metric(value)}`)),
    ),
  );
}
