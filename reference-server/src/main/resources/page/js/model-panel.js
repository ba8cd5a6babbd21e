// One model: its metrics from version to version, and its versions with where they came from.
import {h} from './dom.js';
import {Plot, VERSIONS} from './charts.js';
import {aliasChips, metric, modelPath, stateChip, versionLink} from './model-words.js';
import {jobLink} from './job-store.js';
import {block, panelBody, panelHead, rewrite} from './panel.js';
import {moment} from './format.js';

const MOST_PLOTS = 12;

export function createModelPanel(name, models) {
  const {api, toasts} = models;
  const chips = h('span', {class: 'row'});
  const head = panelHead({heading: name, below: [chips], close: models.close});
  const plots = h('div', {class: 'plots'});
  const plotted = block('Metrics across versions', plots);
  const rows = h('tbody', {});
  const loading = h('p', {class: 'soft', role: 'status'}, 'Loading…');
  const heads = ['Version', 'Published', 'From'].map(label => h('th', {scope: 'col'}, h('span', {}, label)));
  const table = h(
    'table',
    {class: 'table plain versions', 'aria-label': `Versions of ${name}`},
    h('thead', {}, h('tr', {}, heads)),
    rows,
  );
  const listed = block('Versions', table);
  plotted.hidden = listed.hidden = true;
  const drawn = new Map();
  let shown = '';
  let ended = false;

  async function refresh() {
    try {
      const [model, versions] = await Promise.all([api.get(modelPath(name)), api.get(modelPath(name, '/versions'))]);
      if (!ended) show(model, versions);
    } catch (problem) {
      loading.hidden = false;
      loading.textContent = problem.status === 404 ? 'There is no such model.' : problem.message;
    }
  }

  function show(model, versions) {
    const news = JSON.stringify([model, versions]);
    loading.hidden = true;
    if (news === shown) return;
    shown = news;
    listed.hidden = false;
    chips.replaceChildren(...aliasChips(model.aliases));
    rewrite(
      rows,
      versions.map(version => rowOf(version, model.aliases)),
    );
    draw(versions.toReversed());
  }

  /** @param versions the lowest number first */
  function draw(versions) {
    const keys = [...new Set(versions.flatMap(({metrics}) => Object.keys(metrics ?? {})))].sort().slice(0, MOST_PLOTS);
    plotted.hidden = keys.length === 0;
    for (const key of keys) {
      const points = versions.filter(({metrics}) => key in (metrics ?? {})).map(({version, metrics}) => ({x: version, y: metrics[key]}));
      plotOf(key).show(points, versions[0].version, versions.at(-1).version);
    }
  }

  function plotOf(key) {
    if (!drawn.has(key)) {
      const plot = new Plot({title: key, unit: '', digits: 4, across: VERSIONS});
      drawn.set(key, plot);
      plots.append(plot.element);
      plot.start().catch(problem => toasts.fail(problem));
    }
    return drawn.get(key);
  }

  refresh();
  return {
    elements: [head, panelBody(loading, plotted, listed)],
    refresh,
    repaint: () => drawn.forEach(plot => plot.repaint()),
    end() {
      ended = true;
      drawn.forEach(plot => plot.end());
    },
  };
}

function rowOf(version, aliases) {
  const {name, version: number, created, dataset, trainingJob, metrics = {}} = version;
  const numbers = Object.entries(metrics).map(([key, value]) => `${key} ${metric(value)}`);
  return h(
    'tr',
    {'data-version': String(number)},
    h(
      'td',
      {},
      h(
        'div',
        {class: 'row'},
        h('b', {}, h('a', {href: versionLink(name, number), 'data-keep': `version ${number}`}, number)),
        stateChip(version),
        aliasChips(aliases, number),
      ),
      h('div', {class: 'soft small'}, h('bdi', {}, numbers.join(' · '))),
    ),
    h('td', {'data-label': 'Published'}, moment(created)),
    h(
      'td',
      {},
      dataset ? h('div', {}, h('bdi', {}, dataset)) : null,
      trainingJob ? h('div', {class: 'small'}, h('a', {href: jobLink(trainingJob), 'data-keep': `job ${number}`}, 'its training')) : null,
    ),
  );
}
