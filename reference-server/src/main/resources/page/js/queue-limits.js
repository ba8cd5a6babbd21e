// The limits of a queue: in words, and as a form for those who may change them.
import {h, field, text} from './dom.js';
import {createFaults} from './form-faults.js';
import {limitWords} from './queue-cards.js';
import {queuePath} from './job-store.js';
import {isoMs, isoSeconds} from './job-times.js';

export function createLimits(name, {api, store, toasts, isAdmin}) {
  const words = h('p', {});
  const concurrency = h('input', {type: 'number', min: '1', max: '10000', step: '1', placeholder: 'no limit'});
  const jobs = h('input', {type: 'number', min: '1', max: '1000000', step: '1', placeholder: 'no limit'});
  const period = h('input', {type: 'number', min: '0.1', max: '86400', step: 'any', value: '60'});
  const fault = h('p', {class: 'fault', role: 'alert'});
  const save = h('button', {class: 'button', type: 'submit'}, 'Save limits');
  const form = h(
    'form',
    {class: 'stack card', 'data-form': 'limits', onsubmit: submit},
    h('div', {class: 'fields'}, field('Jobs at once', concurrency), field('Jobs started', jobs), field('within seconds', period)),
    fault,
    h('div', {class: 'row end'}, save),
  );
  const faults = createFaults({concurrency, jobs, period}, fault);
  const details = h('details', {class: 'more', hidden: !isAdmin}, h('summary', {}, 'Change limits'), form);
  let shown = '';

  function show(limits) {
    const news = JSON.stringify(limits ?? null);
    if (news === shown) return;
    shown = news;
    text(words, limitWords(limits).join(', ') || 'No limits.');
    concurrency.value = limits?.concurrency ?? '';
    jobs.value = limits?.rate?.jobs ?? '';
    if (limits?.rate) period.value = isoMs(limits.rate.period) / 1000;
  }

  async function submit(event) {
    event.preventDefault();
    faults.clear();
    save.disabled = true;
    const limits = {};
    if (concurrency.value) limits.concurrency = Number(concurrency.value);
    if (jobs.value) limits.rate = {jobs: Number(jobs.value), period: isoSeconds(Number(period.value))};
    try {
      store.takeQueue(await api.put(queuePath(name, '/limits'), limits));
      details.open = false;
      toasts.tell('Limits saved', name);
    } catch (problem) {
      faults.show(problem);
    } finally {
      save.disabled = false;
    }
  }

  return {element: h('div', {class: 'stack'}, words, details), show};
}
