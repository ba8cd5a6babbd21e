// One run: its loss and metrics from epoch to epoch while it learns, its checkpoints, and what came out; cancelled and gone on with here.
import {h, text} from './dom.js';
import {EPOCHS, Plot} from './charts.js';
import {isOpen, progressBar, stateChip} from './job-states.js';
import {metric, versionLink} from './model-words.js';
import {jobLink} from './job-store.js';
import {actionButton, block, facts, jsonText, panelBody, panelHead, rewrite} from './panel.js';
import {moment} from './format.js';

const MOST_PLOTS = 8;
const QUEUE = 'training';

export function createTrainingPanel(id, training) {
  const {api, toasts, canWrite} = training;
  const path = `/training/${encodeURIComponent(id)}`;
  const chip = stateChip();
  const cancel = actionButton('Cancel', toasts, stop, 'tight');
  const resume = actionButton('Resume', toasts, goOn, 'tight');
  cancel.hidden = resume.hidden = true;
  const head = panelHead({heading: id, below: [chip.element], actions: [cancel, resume], close: training.close});
  const bar = progressBar();
  const message = h('p', {class: 'soft small', role: 'status'}, 'Loading…');
  const plots = h('div', {class: 'plots'});
  const plotted = block('Epoch by epoch', plots);
  const told = h('div', {});
  const drawn = new Map();
  plotted.hidden = true;
  let run = null;
  let shown = '';
  let ended = false;

  async function refresh() {
    try {
      const news = await api.get(path);
      if (!ended) show(news);
    } catch (problem) {
      text(message, problem.status === 404 ? 'Nothing of this run is kept.' : problem.message);
    }
  }

  function show(news) {
    run = news;
    chip.show(run);
    bar.show({...run, progress: {fraction: run.fraction}});
    text(message, run.message);
    cancel.hidden = !canWrite || !isOpen(run) || run.cancelling;
    resume.hidden = !canWrite || isOpen(run) || run.checkpoints.length === 0;
    draw(run.curve);
    const {curve: _, message: __, fraction: ___, ...rest} = run;
    const words = JSON.stringify(rest);
    if (words === shown) return;
    shown = words;
    rewrite(told, contentsOf(run));
  }

  function draw(curve) {
    plotted.hidden = curve.length === 0;
    if (plotted.hidden) return;
    const [from, to] = [curve[0].epoch, Math.max(curve.at(-1).epoch, curve[0].epoch + 1)];
    plotOf('loss').show(curve.map(({epoch, loss}) => ({x: epoch, y: loss})), from, to);
    const keys = [...new Set(curve.flatMap(({metrics}) => Object.keys(metrics)))].sort().slice(0, MOST_PLOTS);
    for (const key of keys) {
      const points = curve.filter(({metrics}) => key in metrics).map(({epoch, metrics}) => ({x: epoch, y: metrics[key]}));
      plotOf(key).show(points, from, to);
    }
  }

  function plotOf(key) {
    if (!drawn.has(key)) {
      const plot = new Plot({title: key, unit: '', digits: 4, across: EPOCHS});
      drawn.set(key, plot);
      plots.append(plot.element);
      plot.start().catch(problem => toasts.fail(problem));
    }
    return drawn.get(key);
  }

  async function stop() {
    await api.post(`${path}/cancel`);
    training.refresh();
  }

  async function goOn() {
    const next = await api.post(`${path}/resume`);
    toasts.tell('Resumed', `from the checkpoint after epoch ${next.from.epoch}`);
    training.open(next.id);
    training.refresh();
  }

  refresh();
  return {
    elements: [head, panelBody(bar.element, message, plotted, told)],
    refresh,
    isLive: () => run !== null && isOpen(run),
    repaint: () => drawn.forEach(plot => plot.repaint()),
    end() {
      ended = true;
      drawn.forEach(plot => plot.end());
    },
  };
}

function contentsOf(run) {
  const {from, registered, error, metrics, parameters, checkpoints} = run;
  const told = facts({
    Task: `${run.task} with ${run.trainer}`,
    Dataset: run.dataset,
    Model: registered ? modelOf(registered) : run.model,
    For: run.embodiments.join(', '),
    Began: from ? h('a', {href: `#/training/${encodeURIComponent(from.run)}`, 'data-keep': 'from'}, `after epoch ${from.epoch} of ${from.run}`) : null,
    Submitted: moment(run.submittedAt),
    Started: run.startedAt ? moment(run.startedAt) : null,
    Ended: run.endedAt ? moment(run.endedAt) : null,
    Attempts: run.attempts,
    Checkpoints: checkpoints.length > 0 ? `after epoch ${checkpoints.join(', ')}` : null,
    Error: error ? `${error.name}: ${error.message}` : null,
    Job: h('a', {href: jobLink({queue: QUEUE, id: run.id}), 'data-keep': 'job'}, 'its job'),
  });
  const figures = Object.entries(metrics).map(([key, value]) => [key, metric(value)]);
  return [
    block('Run', told),
    figures.length > 0 ? block('In the end', facts(Object.fromEntries(figures))) : null,
    Object.keys(parameters).length > 0 ? block('Parameters', jsonText(parameters)) : null,
  ].filter(Boolean);
}

function modelOf(registered) {
  const [name, version] = registered.split(':');
  return h('a', {href: versionLink(name, version), 'data-keep': 'model'}, registered);
}
