// The two views, robots and jobs. What shows jobs is fetched when somebody first looks at them.
import {h} from './dom.js';

const by = id => document.getElementById(id);

export function createViews(nav, fleet) {
  const [toRobots, toJobs] = nav.children;
  let jobs = null;
  let loading = null;

  const isJobs = () => /^#\/jobs(\/|$)/.test(location.hash);

  function show() {
    by('main').hidden = isJobs();
    by('jobs').hidden = !isJobs();
    by('summary').hidden = isJobs();
    by('skip').setAttribute('href', isJobs() ? '#jobs-table' : '#fleet-table');
    (isJobs() ? toJobs : toRobots).setAttribute('aria-current', 'page');
    (isJobs() ? toRobots : toJobs).removeAttribute('aria-current');
    document.title = isJobs() ? 'Jobs · Fleet' : 'Fleet';
    if (jobs) jobs.show();
    else if (isJobs()) load();
  }

  async function load() {
    loading ??= import('./jobs.js');
    try {
      const {createJobs} = await loading;
      jobs ??= createJobs(by('jobs'), fleet);
      jobs.show();
    } catch (cause) {
      loading = null;
      by('jobs').replaceChildren(h('p', {class: 'empty'}, 'What shows jobs could not be loaded.'));
      fleet.toasts.fail(cause);
    }
  }

  return {
    show,
    get isJobs() {
      return isJobs();
    },
    press: (event, typing) => jobs?.press(event, typing),
    repaint: () => jobs?.repaint(),
  };
}
