// One version: what it takes and gives, how good it is, where it came from, who signed it; aliases are moved and it is retired here.
import {h, field} from './dom.js';
import {confirm} from './confirm.js';
import {aliasChips, bytes, metric, modelLink, modelPath, stateChip, versionPath} from './model-words.js';
import {jobLink} from './job-store.js';
import {actionButton, block, facts, panelBody, panelHead} from './panel.js';
import {moment} from './format.js';

export function createVersionPanel(name, number, models) {
  const {api, toasts, canWrite, isAdmin} = models;
  const below = h('span', {class: 'row'});
  const retire = actionButton('Retire…', toasts, end, 'tight');
  retire.hidden = true;
  const head = panelHead({heading: `${name}:${number}`, below: [below], actions: [retire], close: () => models.open(modelLink(name), true)});
  const told = h('div', {}, h('p', {class: 'soft', role: 'status'}, 'Loading…'));
  const mover = createMover(name, Number(number), models, refresh);
  mover.element.hidden = true;
  let shown = '';
  let ended = false;

  async function refresh() {
    try {
      const [version, model] = await Promise.all([api.get(versionPath(name, number)), api.get(modelPath(name))]);
      if (!ended) show(version, model);
    } catch (problem) {
      told.replaceChildren(h('p', {class: 'soft', role: 'status'}, problem.status === 404 ? 'There is no such version.' : problem.message));
    }
  }

  function show(version, model) {
    const news = JSON.stringify([version, model.aliases]);
    if (news === shown) return;
    shown = news;
    below.replaceChildren(stateChip(version), ...aliasChips(model.aliases, version.version));
    mover.element.hidden = !canWrite || version.state !== 'READY';
    retire.hidden = !isAdmin || version.state === 'RETIRED';
    told.replaceChildren(...contentsOf(version));
  }

  async function end() {
    const answer = await confirm({
      heading: `Retire ${name}:${number}?`,
      explanation: 'It is not to be used any more. This is final.',
      action: 'Retire',
      danger: true,
      reason: 'no longer wanted',
    });
    if (!answer) return;
    await api.post(versionPath(name, number, '/retire'), {reason: answer.reason});
    toasts.tell('Retired', `${name}:${number}`);
    models.refresh();
  }

  refresh();
  return {
    elements: [head, panelBody(told, mover.element)],
    refresh,
    end() {
      ended = true;
    },
  };
}

/** A form that points an alias at this version. */
function createMover(name, number, {api, toasts, refresh}) {
  const alias = h('input', {type: 'text', autocomplete: 'off', maxlength: '64', value: 'champion'});
  const reason = h('input', {type: 'text', autocomplete: 'off', maxlength: '200'});
  const move = actionButton('Point here', toasts, press, 'primary tight');
  const form = h('form', {class: 'stack', onsubmit: submit}, field('Alias', alias), field('Reason', reason), h('div', {}, move));

  function submit(event) {
    event.preventDefault();
    move.click();
  }

  async function press() {
    const moved = await api.put(modelPath(name, `/aliases/${encodeURIComponent(alias.value.trim())}`), {
      version: number,
      reason: reason.value.trim() || 'moved by hand',
    });
    toasts.tell('Moved', `${moved.name} points at ${name}:${moved.version}`);
    reason.value = '';
    refresh();
  }

  const element = block('Aliases', form);
  element.classList.add('alias-form');
  return {element};
}

function contentsOf(version) {
  const {name, description, dataset, trainingJob, publishedBy, embodiments, metrics, inputs, outputs, signatures, retirement} = version;
  const job = trainingJob ? h('a', {href: jobLink(trainingJob)}, `${trainingJob.queue}/${trainingJob.id}`) : null;
  const numbers = Object.fromEntries(Object.entries(metrics ?? {}).map(([key, value]) => [key, metric(value)]));
  return [
    retirement ? h('div', {class: 'note warn'}, h('p', {class: 'grow'}, retiredWords(retirement))) : null,
    block(
      'Lineage',
      description ? h('p', {}, h('bdi', {}, description)) : null,
      facts({
        Model: h('a', {href: modelLink(name)}, name),
        Dataset: dataset,
        'Training job': job,
        'Published by': publishedBy,
        Published: moment(version.created),
        Expires: version.expires ? moment(version.expires) : 'never',
        For: (embodiments ?? []).join(', '),
      }),
    ),
    Object.keys(numbers).length > 0 ? block('Metrics', facts(numbers)) : null,
    block('Takes and gives', facts({Inputs: tensors(inputs), Outputs: tensors(outputs)})),
    block(
      'File',
      facts({Size: bytes(version.length), Digest: h('span', {class: 'mono small'}, version.digest)}),
      h('p', {class: 'soft'}, signatures.length > 0 ? 'Signed by' : 'Nobody has signed it yet.'),
      ...signatures.map(({key}) => h('p', {class: 'mono small'}, key)),
    ),
  ].filter(Boolean);
}

const retiredWords = ({at, by, reason}) => ['Retired by ', h('bdi', {}, by), ` at ${moment(at)}: `, h('bdi', {}, reason)];

const tensors = list => (list ?? []).map(({name, elementType, shape}) => `${name}: ${elementType}${shape ? `[${shape.join(', ')}]` : ''}`).join('\n');
