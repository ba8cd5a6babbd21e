// The views: robots, and those whose parts are fetched when somebody first looks at them.
import {h} from './dom.js';

const by = id => document.getElementById(id);

/** @type {{key, title, skip, load?}[]} in the order of their links; the element that shows one has its key as id */
const VIEWS = [
  {key: 'main', title: 'Fleet', skip: '#fleet-table'},
  {key: 'jobs', title: 'Jobs · Fleet', skip: '#jobs-table', load: async () => (await import('./jobs.js')).createJobs},
  {key: 'models', title: 'Models · Fleet', skip: '#models-table', load: async () => (await import('./models.js')).createModels},
  {key: 'training', title: 'Training · Fleet', skip: '#training-table', load: async () => (await import('./training.js')).createTraining},
];

export function createViews(nav, fleet) {
  const [robots] = VIEWS;
  const opened = new Map();
  const loading = new Map();

  const current = () => VIEWS.find(({key}) => new RegExp(`^#/${key}(/|$)`).test(location.hash)) ?? robots;

  function show() {
    const shown = current();
    VIEWS.forEach((view, i) => {
      by(view.key).hidden = view !== shown;
      if (view === shown) nav.children[i].setAttribute('aria-current', 'page');
      else nav.children[i].removeAttribute('aria-current');
    });
    by('summary').hidden = shown !== robots;
    by('skip').setAttribute('href', shown.skip);
    document.title = shown.title;
    opened.forEach(view => view.show());
    if (shown.load && !opened.has(shown.key)) load(shown);
  }

  async function load({key, load: fetchParts}) {
    if (!loading.has(key)) loading.set(key, fetchParts());
    try {
      const create = await loading.get(key);
      if (!opened.has(key)) opened.set(key, create(by(key), fleet));
      opened.get(key).show();
    } catch (cause) {
      loading.delete(key);
      by(key).replaceChildren(h('p', {class: 'empty'}, `What shows ${key} could not be loaded.`));
      fleet.toasts.fail(cause);
    }
  }

  return {
    show,
    get isRobots() {
      return current() === robots;
    },
    press: (event, typing) => opened.get(current().key)?.press(event, typing),
    repaint: () => opened.forEach(view => view.repaint()),
  };
}
