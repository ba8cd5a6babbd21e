// How models are named and told of.
import {h} from './dom.js';
import {words} from './format.js';

const LOOKS = {STAGED: 'warn', READY: 'good', RETIRED: ''};
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'];

export const modelPath = (name, rest = '') => `/models/${encodeURIComponent(name)}${rest}`;
export const versionPath = (name, version, rest = '') => modelPath(name, `/versions/${encodeURIComponent(version)}${rest}`);
export const modelLink = name => `#${modelPath(name)}`;
export const versionLink = (name, version) => `#${modelPath(name)}/${encodeURIComponent(version)}`;

export const stateChip = version => h('span', {class: `chip ${LOOKS[version.state] ?? ''}`}, words(version.state));

/** The aliases that point at a version, or at all of a model's. */
export const aliasChips = (aliases, version = null) =>
  Object.entries(aliases ?? {})
    .filter(([, at]) => version === null || at === version)
    .map(([alias, at]) => h('span', {class: 'chip busy', 'data-alias': alias}, version === null ? `${alias} → ${at}` : alias));

/** Bytes as people say them: 1.6 MiB. */
export function bytes(size) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, size)) / 10));
  return power === 0 ? `${size} bytes` : `${(size / 1024 ** power).toFixed(1)} ${UNITS[power]}`;
}

/** A metric with as many digits as it takes to tell it from others. */
export const metric = value => (Number.isInteger(value) ? String(value) : Number(value).toPrecision(4));
