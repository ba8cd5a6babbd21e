// One job that was given up: why, every attempt, and the message as it came.
import {h, text} from './dom.js';
import {confirm} from './confirm.js';
import {deadPath} from './dead-letters.js';
import {jobLink} from './job-store.js';
import {attemptList} from './job-panel.js';
import {actionButton, block, facts, jsonText, panelBody, panelHead} from './panel.js';
import {moment} from './format.js';

export function createDeadLetterPanel(ref, jobs) {
  const {api, store, toasts, canWrite, isAdmin} = jobs;
  const retry = actionButton('Retry', toasts, again, 'tight primary');
  const purge = actionButton('Purge…', toasts, forget, 'tight');
  retry.hidden = purge.hidden = true;
  const type = h('span', {class: 'soft'});
  const body = panelBody(h('p', {class: 'soft'}, 'Loading…'));

  async function again() {
    await api.post(deadPath(ref, '/retry'));
    toasts.tell('Put back into the queue', ref.id);
    store.emit('dead');
    jobs.open(jobLink(ref), true);
  }

  async function forget() {
    const answer = await confirm({
      heading: 'Purge this dead letter?',
      explanation: 'It is forgotten for good, with what went into it.',
      action: 'Purge',
      danger: true,
    });
    if (!answer) return;
    await api.delete(deadPath(ref));
    store.emit('dead');
    jobs.close();
  }

  async function load() {
    try {
      show(await api.get(deadPath(ref)));
    } catch (problem) {
      body.replaceChildren(h('p', {class: 'soft'}, problem.status === 404 ? 'It is not in the dead letters any more.' : problem.message));
    }
  }

  function show({type: name, at, reason, attempts = [], headers = {}, size, input, payload}) {
    text(type, name || 'no type');
    retry.hidden = !canWrite;
    purge.hidden = !isAdmin;
    const why = h(
      'div',
      {class: 'note bad'},
      h('p', {class: 'grow'}, h('b', {class: 'mono'}, reason.name), ' ', h('bdi', {}, reason.message ?? '')),
    );
    body.replaceChildren(
      h('section', {class: 'block'}, why, facts({'Given up': moment(at), Queue: ref.queue, Job: h('a', {href: jobLink(ref)}, ref.id)})),
      attempts.length > 0 ? block(attempts.length === 1 ? 'Attempt' : 'Attempts', attemptList(attempts)) : '',
      block('Payload', size > 0 ? jsonText(input ?? textOf(payload)) : h('p', {class: 'soft'}, 'It was empty.')),
      block('Headers', facts(Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, [values].flat().join(', ')])))),
    );
  }

  load();
  const head = panelHead({
    heading: ref.id,
    below: [h('span', {class: 'chip bad'}, 'Dead letter'), type],
    actions: [retry, purge],
    close: jobs.close,
  });
  return {elements: [head, body], end() {}};
}

/** Bytes in Base64 as the text they may be. */
function textOf(base64) {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), byte => byte.charCodeAt(0)));
}
