// The conditions of a robot as shapes, shared by map, table and summary. Shape and word differ, not the colour alone.
import {icon} from './dom.js';

export const disc = r => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** Paths in a box from -12 to 12, looking along x; a shape that turns shows the heading by itself, others get a nose. */
export const CONDITIONS = {
  executing: {label: 'Executing', turns: true, color: '--executing', path: 'M10.5 0 -8 7.8 -4 0 -8 -7.8Z'},
  idle: {label: 'Idle', color: '--idle', path: disc(7)},
  charging: {
    label: 'Charging',
    color: '--charging',
    path: 'M-5 -8H5A3 3 0 0 1 8 -5V5A3 3 0 0 1 5 8H-5A3 3 0 0 1 -8 5V-5A3 3 0 0 1 -5 -8ZM1.6 -6 -4 1.2H-.6L-1.8 6 4 -1.2H.6Z',
  },
  error: {label: 'Error', color: '--error', path: 'M0 -9.5 10 8H-10ZM-1.2 -3.5V2.4H1.2V-3.5ZM-1.2 4V6.2H1.2V4Z'},
  stopped: {label: 'Stopped', color: '--stopped', path: 'M-3.9 -9.4H3.9L9.4 -3.9V3.9L3.9 9.4H-3.9L-9.4 3.9V-3.9ZM-5.5 -1.8V1.8H5.5V-1.8Z'},
  connection_broken: {
    label: 'Connection broken',
    color: '--broken',
    path: `${disc(9)}${disc(6.8)}M-3.9 -2.4 -1.5 0 -3.9 2.4 -2.4 3.9 0 1.5 2.4 3.9 3.9 2.4 1.5 0 3.9 -2.4 2.4 -3.9 0 -1.5 -2.4 -3.9Z`,
  },
  offline: {label: 'Offline', color: '--away', path: `${disc(8)}${disc(5.6)}`},
  hibernating: {label: 'Hibernating', color: '--away', path: 'M2.5 -8.5A8.6 8.6 0 1 0 8.5 3.4 7 7 0 0 1 2.5 -8.5Z'},
  unknown: {label: 'Not known', color: '--away', path: 'M0 -9 9 0 0 9 -9 0ZM0 -5.6 -5.6 0 0 5.6 5.6 0Z'},
};

export const conditionOf = name => CONDITIONS[name] ?? CONDITIONS.unknown;

export function conditionIcon(name) {
  return icon(conditionOf(name).path, {stroked: false, box: '-12 -12 24 24', name: `c-${CONDITIONS[name] ? name : 'unknown'}`});
}
