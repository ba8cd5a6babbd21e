// The states of a job as shapes and words, the same in table, tree and panel. Shape and word differ, not the colour alone.
import {h, icon} from './dom.js';
import {conditionOf, disc} from './conditions.js';
import {words} from './format.js';

const HANDS = 'M-1 -6H1V-1H5V1H-1Z';
const CROSS = 'M-3.9 -2.4 -1.5 0 -3.9 2.4 -2.4 3.9 0 1.5 2.4 3.9 3.9 2.4 1.5 0 3.9 -2.4 2.4 -3.9 0 -1.5 -2.4 -3.9Z';

/** Paths in a box from -12 to 12. */
const STATES = {
  WAITING: {color: 'unknown', tone: '', path: `${disc(8)}${disc(5.6)}`},
  DELAYED: {color: 'charging', tone: '', path: `${disc(9)}${disc(6.8)}${HANDS}`},
  BLOCKED: {color: 'unknown', tone: '', path: 'M-7 -9H7L1.6 0 7 9H-7L-1.6 0Z'},
  RUNNING: {color: 'executing', tone: 'busy', path: 'M-6 -9 9 0 -6 9Z'},
  RETRYING: {color: 'connection_broken', tone: 'warn', path: 'M0 -9A9 9 0 1 0 9 0H6.4A6.4 6.4 0 1 1 0 -6.4V-3L6 -7.6 0 -12Z'},
  SUCCEEDED: {color: 'idle', tone: 'good', path: `${disc(9)}M-5 0 -3.4 -1.6 -1.2 .6 3.6 -4.2 5.2 -2.6 -1.2 3.8Z`},
  FAILED: {color: 'error', tone: 'bad', path: conditionOf('error').path},
  CANCELLED: {color: 'connection_broken', tone: 'warn', path: `${disc(9)}${CROSS}`},
  DISCARDED: {color: 'unknown', tone: '', path: conditionOf('unknown').path},
  EXPIRED: {color: 'error', tone: 'bad', path: `${disc(9)}${HANDS}`},
};

export const OPEN_STATES = ['WAITING', 'DELAYED', 'BLOCKED', 'RUNNING', 'RETRYING'];
export const ALL_STATES = Object.keys(STATES);
export const isOpen = job => OPEN_STATES.includes(job.state);
export const PRIORITIES = ['CRITICAL', 'HIGH', 'NORMAL', 'LOW'];

const stateOf = name => STATES[name] ?? STATES.DISCARDED;

export function stateIcon(name) {
  const {path, color} = stateOf(name);
  return icon(path, {stroked: false, box: '-12 -12 24 24', name: `c-${color}`});
}

export const stateWord = job => (job.cancelling && isOpen(job) ? 'Cancelling' : words(job.state));

/** The state in a chip that is rewritten only when it changes. */
export function stateChip() {
  const element = h('span', {class: 'chip', 'data-role': 'state'});
  let shown = '';
  return {
    element,
    show(job) {
      const word = stateWord(job);
      if (word === shown) return;
      shown = word;
      element.className = `chip ${stateOf(job.state).tone}`;
      element.replaceChildren(stateIcon(job.state), word);
    },
  };
}

/** Progress as a bar with its percentage and message; nothing where nothing was reported. */
export function progressBar() {
  const bar = h('progress', {max: '1', 'aria-label': 'Progress'});
  const percent = h('span', {class: 'small'});
  const element = h('div', {class: 'progress', hidden: true}, bar, percent);
  return {
    element,
    show({state, progress}) {
      const fraction = progress?.fraction ?? 0;
      element.hidden = !(state === 'RUNNING' || (fraction > 0 && state !== 'SUCCEEDED'));
      if (element.hidden) return;
      if (bar.value !== fraction) bar.value = fraction;
      const words = `${Math.floor(fraction * 100)} %`;
      if (percent.textContent !== words) percent.textContent = words;
    },
  };
}
