// Which jobs the table shows: by queue, state, type and tenant, which the server filters, and by text, which the page does.
import {h, select} from './dom.js';
import {ALL_STATES} from './job-states.js';
import {words} from './format.js';

const STATES = [['', 'Any state'], ['OPEN', 'Not ended'], ...ALL_STATES.map(state => [state, words(state)])];

export function createJobFilter(jobs, count) {
  const {store} = jobs;
  const search = h('input', {
    type: 'search',
    placeholder: 'Filter by id, message, metadata',
    'aria-label': 'Filter jobs by text',
    oninput: () => store.narrow({text: search.value}),
  });
  const queue = h('select', {'aria-label': 'Filter by queue', onchange: () => store.narrow({queue: queue.value})});
  const state = select(STATES, '', {'aria-label': 'Filter by state', onchange: () => store.narrow({state: state.value})});
  const type = named('type');
  const tenant = named('tenant');
  const clear = h('button', {class: 'button plain', type: 'button', hidden: true, onclick: clearAll}, 'Clear');
  const element = h('div', {class: 'toolbar'}, search, queue, state, type.control, tenant.control, clear, count, type.list, tenant.list);
  let offered = '';

  /** A name that is typed whole, or picked among those that were seen. */
  function named(key) {
    const list = h('datalist', {id: `job-${key}s`});
    const control = h('input', {
      type: 'text',
      class: 'name',
      list: list.id,
      placeholder: `Any ${key}`,
      autocomplete: 'off',
      'aria-label': `Filter by ${key}`,
      onchange: () => store.narrow({[key]: control.value.trim()}),
    });
    return {control, list};
  }

  function show() {
    const {filter} = store;
    search.value = filter.text;
    queue.value = filter.queue;
    state.value = filter.state;
    type.control.value = filter.type;
    tenant.control.value = filter.tenant;
    clear.hidden = !Object.values(filter).some(Boolean);
  }

  function clearAll() {
    store.narrow({queue: '', state: '', type: '', tenant: '', text: ''});
    search.focus();
  }

  function offer() {
    const known = [...store.jobs.values()].map(({job}) => job);
    const news = [[...store.queues.keys()].sort(), seen(known, 'type'), seen(known, 'tenant')];
    if (JSON.stringify(news) === offered) return;
    offered = JSON.stringify(news);
    const [queues, types, tenants] = news;
    queue.replaceChildren(h('option', {value: ''}, 'Any queue'), ...queues.map(name => h('option', {value: name}, name)));
    queue.value = store.filter.queue;
    type.list.replaceChildren(...types.map(value => h('option', {value})));
    tenant.list.replaceChildren(...tenants.map(value => h('option', {value})));
  }

  store.on('filter', show);
  for (const topic of ['tick', 'queues', 'loaded']) store.on(topic, offer);
  offer();
  return {element, focus: () => search.focus()};
}

const seen = (jobs, key) => [...new Set(jobs.map(job => job[key]).filter(Boolean))].sort();
