// The commands panel: a form that sends one, and what became of those that were sent.
import {h, text} from './dom.js';
import {createCommandForm} from './command-form.js';
import {createExecution} from './execution.js';
import {equal} from './json.js';
import {robotPath} from './api.js';
import {isBefore} from './format.js';

const SHOWN = 50;
const CANCEL = 'cancel';

export function createCommands(robot, fleet) {
  const {api, store, toasts} = fleet;
  const scope = store.scope();
  const cards = new Map();
  const list = h('div', {class: 'stack'});
  const empty = h('p', {class: 'soft'}, 'Loading…');
  const place = h('section', {class: 'block', 'aria-labelledby': 'send-title', hidden: true});
  const element = h(
    'div',
    {},
    place,
    h('section', {class: 'stack', 'aria-labelledby': 'sent-title'}, h('h3', {id: 'sent-title'}, 'Commands sent'), empty, list),
  );
  let offered = null;

  /** A robot may say later, or anew, what it can do. */
  function offer() {
    const commands = robot.dto.capability?.commands ?? [];
    if (!fleet.canWrite || equal(commands, offered)) return;
    offered = commands;
    const {element: form} = createCommandForm(commands, send);
    place.replaceChildren(h('h3', {id: 'send-title'}, 'Send a command'), form);
    place.hidden = false;
  }

  async function send(request) {
    const {commandId} = await api.post(robotPath(robot.id, '/commands'), request);
    try {
      show(await api.get(robotPath(robot.id, `/commands/${encodeURIComponent(commandId)}`)));
      cards.get(commandId)?.element.scrollIntoView({block: 'nearest'});
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  async function cancel(execution) {
    try {
      await api.delete(robotPath(robot.id, `/commands/${encodeURIComponent(execution.commandId)}`));
      toasts.tell('Cancel requested', `The robot was asked to stop ${execution.commandType}.`);
    } catch (problem) {
      toasts.fail(problem);
    }
  }

  /** Takes the newer of what is shown and what has come. A cancel is told by the command that it is about. */
  function show(execution) {
    if (execution.commandType === CANCEL) return cards.get(execution.payload?.commandId)?.cancelling(execution);
    const card = cards.get(execution.commandId);
    if (card) card.update(execution);
    else insert(execution);
    empty.hidden = cards.size > 0;
    text(empty, 'None yet.');
  }

  function insert(execution) {
    const card = createExecution(execution, fleet, cancel);
    cards.set(execution.commandId, card);
    const older = [...cards.values()]
      .filter(other => isBefore(other.requestedAt, card.requestedAt))
      .sort((a, b) => Date.parse(b.requestedAt) - Date.parse(a.requestedAt))[0];
    list.insertBefore(card.element, older?.element ?? null);
  }

  async function load() {
    try {
      const executions = await api.get(robotPath(robot.id, `/commands?limit=${SHOWN}`));
      for (const execution of executions.reverse()) show(execution);
      empty.hidden = cards.size > 0;
      text(empty, 'None yet.');
    } catch (problem) {
      text(empty, 'The commands could not be loaded.');
      toasts.fail(problem);
    }
  }

  scope.on('robots', offer);
  scope.on('command', execution => {
    if (execution.robotId === robot.id) show(execution);
  });
  scope.on('tick', () => cards.forEach(card => card.tick(store.now())));
  scope.on('resync', load);
  offer();
  load();

  return {element, end: () => scope.close()};
}
