// What the page knows of jobs: the queues with their recent past, and the newest jobs that the filter asks for. What the event
// stream tells is gathered and given on once per frame, so that a thousand changes cost the page no more than one.
import {Topics} from './store.js';
import {OPEN_STATES} from './job-states.js';

export const KEPT = 500;
const SLACK = 200;
const PAST_MS = 5 * 60_000;
const HIDDEN_MS = 1_000;
const MOST_NEWS = 5_000;

export const keyOf = ({queue, id}) => `${queue}/${id}`;
export const jobPath = ({queue, id}, rest = '') => `/jobs/${encodeURIComponent(queue)}/${encodeURIComponent(id)}${rest}`;
export const jobLink = ({queue, id}) => `#${jobPath({queue, id})}`;
export const queuePath = (name, rest = '') => `/jobs/queues/${encodeURIComponent(name)}${rest}`;

export class JobStore extends Topics {
  /** By name: {dto, past}, where the past is {at, add, finish, waiting} of each second. */
  queues = new Map();
  /** By key: {job, at}. */
  jobs = new Map();
  filter = {queue: '', state: '', type: '', tenant: '', text: ''};
  /** Whether the newest jobs are asked for, there, or could not be had. */
  state = 'loading';
  #api;
  #clock;
  #news = new Map();
  #due = false;
  #turn = 0;

  /** @param clock tells the server's time in ms */
  constructor(api, clock) {
    super();
    this.#api = api;
    this.#clock = clock;
  }

  now() {
    return this.#clock();
  }

  /** Asks for the newest jobs of the filter. What happens meanwhile is newer than the answer. */
  async load() {
    const turn = ++this.#turn;
    this.state = 'loading';
    this.#flush();
    const told = new Map();
    const listen = this.on('jobs', news => news.forEach((job, key) => told.set(key, job)));
    try {
      const jobs = await this.#api.get(`/jobs?${this.#query()}`);
      if (turn !== this.#turn) return;
      this.#flush();
      this.jobs.clear();
      for (const job of jobs) this.#put(job);
      for (const job of told.values()) this.#put(job);
      this.state = 'loaded';
    } catch (problem) {
      if (turn !== this.#turn) return;
      this.state = 'failed';
      throw problem;
    } finally {
      listen();
      if (turn === this.#turn) this.emit('loaded');
    }
  }

  async loadQueues() {
    const queues = await this.#api.get('/jobs/queues');
    const there = new Set(queues.map(dto => dto.name));
    for (const name of this.queues.keys()) if (!there.has(name)) this.queues.delete(name);
    for (const dto of queues) this.#putQueue(dto);
    this.emit('queues');
  }

  narrow(change) {
    Object.assign(this.filter, change);
    this.emit('filter', Object.keys(change));
  }

  /** Takes in a job that the stream told of. */
  take(job) {
    this.#news.set(keyOf(job), job);
    if (this.#news.size > MOST_NEWS) this.#flush();
    if (this.#due) return;
    this.#due = true;
    if (document.hidden) setTimeout(() => this.#flush(), HIDDEN_MS);
    else requestAnimationFrame(() => this.#flush());
  }

  takeQueue(dto) {
    this.#putQueue(dto);
    this.emit('queues');
  }

  /** One more second has passed. */
  tick() {
    const at = this.now();
    for (const {dto, past} of this.queues.values()) {
      past.push({at, add: dto.addRate ?? 0, finish: dto.finishRate ?? 0, waiting: waitingOf(dto)});
      while (past[0].at < at - PAST_MS) past.shift();
    }
    this.emit('tick');
  }

  /** The newest first, of those that match. */
  newest() {
    const found = [...this.jobs.values()].filter(({job}) => this.#says(job));
    found.sort((a, b) => b.at - a.at || (a.job.id < b.job.id ? 1 : -1));
    return found.slice(0, KEPT).map(({job}) => job);
  }

  #flush() {
    this.#due = false;
    if (this.#news.size === 0) return;
    const news = this.#news;
    this.#news = new Map();
    for (const job of news.values()) this.#put(job);
    this.#trim();
    this.emit('jobs', news);
  }

  #put(job) {
    const key = keyOf(job);
    if (this.#asksFor(job)) this.jobs.set(key, {job, at: Date.parse(job.submittedAt)});
    else this.jobs.delete(key);
  }

  #trim() {
    if (this.jobs.size <= KEPT + SLACK) return;
    const kept = [...this.jobs].sort(([, a], [, b]) => b.at - a.at).slice(0, KEPT);
    this.jobs = new Map(kept);
  }

  #putQueue(dto) {
    const known = this.queues.get(dto.name);
    if (known) known.dto = {...known.dto, ...dto};
    else this.queues.set(dto.name, {dto, past: []});
  }

  #states() {
    const {state} = this.filter;
    if (state === 'OPEN') return OPEN_STATES;
    return state ? [state] : [];
  }

  #query() {
    const query = new URLSearchParams({limit: String(KEPT)});
    for (const name of ['queue', 'type', 'tenant']) if (this.filter[name]) query.set(name, this.filter[name]);
    for (const state of this.#states()) query.append('state', state);
    return query;
  }

  /** What the server filters by. */
  #asksFor(job) {
    const {queue, type, tenant} = this.filter;
    const states = this.#states();
    return (
      (!queue || job.queue === queue) &&
      (!type || job.type === type) &&
      (!tenant || job.tenant === tenant) &&
      (states.length === 0 || states.includes(job.state))
    );
  }

  /** What only the page filters by. */
  #says(job) {
    const sought = this.filter.text.trim().toLowerCase();
    if (!sought) return true;
    return [job.id, job.type, job.queue, job.tenant, job.progress?.message, job.error?.message, ...Object.values(job.metadata ?? {})].some(
      words => words?.toLowerCase().includes(sought),
    );
  }
}

export const waitingOf = dto => Object.values(dto.waiting ?? {}).reduce((sum, count) => sum + count, 0);
