// One command as it goes: state, progress, result or reason, its steps, and a way to cancel it.
import {h, text} from './dom.js';
import {hasEnded} from './store.js';
import {clock, isBefore, pretty, since, words} from './format.js';

const TONES = {
  COMPLETED: 'good',
  REQUESTED: '',
  ACCEPTED: 'busy',
  RUNNING: 'busy',
  CANCELLED: 'warn',
  REJECTED: 'bad',
  FAILED: 'bad',
  EXPIRED: 'bad',
  TIMEOUT: 'bad',
};
const WAITING = {REQUESTED: 'Sent; the robot has not answered yet.', ACCEPTED: 'The robot will carry it out.'};

/** @param cancel called with the execution when the operator wants it ended */
export function createExecution(first, fleet, cancel) {
  const state = h('span', {class: 'chip', 'data-role': 'state'});
  const when = h('time', {class: 'soft small', datetime: first.requestedAt, title: clock(first.requestedAt)});
  const bar = h('progress', {max: '100', 'aria-label': 'Progress'});
  const percent = h('span', {class: 'small'});
  const progress = h('div', {class: 'progress'}, bar, percent);
  const message = h('p', {});
  const cancelled = h('p', {class: 'soft', hidden: true});
  const stop = h('button', {class: 'button tight', type: 'button', onclick: () => cancel(current)}, 'Cancel');
  const steps = h('ol', {class: 'steps'});
  const result = h('div', {class: 'stack'});
  const element = h(
    'article',
    {class: 'execution', 'aria-label': `Command ${first.commandType}`, 'data-command': first.commandId},
    h('header', {}, h('h4', {}, first.commandType), state, when, stop),
    progress,
    message,
    cancelled,
    h(
      'details',
      {class: 'more'},
      h('summary', {}, 'Steps and contents'),
      h(
        'div',
        {class: 'stack'},
        steps,
        h('h5', {}, 'Parameters'),
        h('pre', {}, pretty(first.payload)),
        result,
        h(
          'p',
          {class: 'soft small'},
          `${words(first.priority)} priority, requested by `,
          h('bdi', {}, first.requestedBy ?? 'unknown'),
          `, id ${first.commandId}`,
        ),
      ),
    ),
  );
  let current = null;

  function update(execution) {
    if (current && isBefore(execution.updatedAt, current.updatedAt)) return;
    current = execution;
    const ended = hasEnded(execution);
    text(state, words(execution.state));
    state.className = `chip ${TONES[execution.state] ?? ''}`;
    progress.hidden = ended || execution.state === 'REQUESTED';
    if (execution.progress === null || execution.progress === undefined) bar.removeAttribute('value');
    else bar.value = execution.progress;
    text(percent, Number.isFinite(execution.progress) ? `${Math.round(execution.progress)} %` : '');
    text(message, execution.message ?? WAITING[execution.state] ?? '');
    message.className = ['REJECTED', 'FAILED', 'EXPIRED', 'TIMEOUT'].includes(execution.state) ? 'fault' : 'soft';
    message.hidden = !message.textContent;
    stop.hidden = ended || !fleet.canWrite;
    if (ended) cancelled.hidden = true;
    steps.replaceChildren(
      ...execution.steps.map(step =>
        h('li', {}, h('span', {class: 'soft'}, clock(step.at)), h('span', {}, words(step.state)), h('bdi', {}, step.message ?? '')),
      ),
    );
    result.replaceChildren(...(execution.result ? [h('h5', {}, 'Result'), h('pre', {}, pretty(execution.result))] : []));
  }

  /** How the wish to cancel this command goes. */
  function cancelling({state: wish, message: reason}) {
    const refused = ['REJECTED', 'FAILED', 'EXPIRED', 'TIMEOUT'].includes(wish);
    text(cancelled, refused ? `It was not cancelled: ${reason ?? words(wish)}` : 'Cancel requested.');
    cancelled.hidden = !refused && (wish === 'COMPLETED' || hasEnded(current));
    stop.disabled = !refused;
  }

  function tick(now) {
    text(when, since(current.requestedAt, now));
  }

  update(first);
  tick(fleet.store.now());
  return {element, update, cancelling, tick, requestedAt: first.requestedAt};
}
