// One process of a run: does its share of each task that bench.mjs sends, and answers when it began and when it ended.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';

const NAME = 'inspect';
const CHUNK = 1_000;
const PACE_MILLIS = 5; // 200 jobs a second
const MODES = { bulk: adding(CHUNK), single: adding(1), process: processing, latency };

process.on('disconnect', () => process.exit());
process.on('message', async (task) => process.send(await MODES[task.mode](task)));

function adding(chunk) {
  return async (task) => {
    const queue = await openQueue(task);
    const payload = payloads(task);
    const begin = now();
    let next = 0;
    const produce = async () => {
      while (next < task.jobs) {
        const first = next;
        next = Math.min(first + chunk, task.jobs);
        await (chunk === 1 ? queue.add(NAME, payload(first)) : queue.addBulk(jobs(payload, first, next)));
      }
    };
    await Promise.all(Array.from({ length: task.producers }, produce));
    const end = now();
    await queue.close();
    return { begin, end };
  };
}

function jobs(payload, first, end) {
  return Array.from({ length: end - first }, (_, i) => ({ name: NAME, data: payload(first + i) }));
}

async function processing(task) {
  const worker = await openWorker(task, async () => ({ done: true }));
  const begin = now();
  let end = begin;
  worker.on('completed', () => {
    end = now();
  });
  worker.run();
  await once(worker, 'drained');
  await worker.close(); // waits for what is being processed
  return { begin, end };
}

async function latency(task) {
  const millis = [];
  const worker = await openWorker(task, async (job) => {
    millis.push(now() - job.data.addedAt);
    return { done: true };
  });
  worker.run();
  const begin = now();
  await addPaced(task);
  while (millis.length < task.jobs) {
    await once(worker, 'completed');
  }
  await worker.close();
  return { begin, end: now(), percentiles: percentiles(millis) };
}

async function addPaced(task) {
  const queue = await openQueue(task);
  const payload = payloads(task);
  const begin = now();
  const added = [];
  for (let i = 0; i < task.jobs; i++) {
    await delay(begin + i * PACE_MILLIS - now());
    added.push(queue.add(NAME, { ...payload(i), addedAt: now() }));
  }
  await Promise.all(added);
  await queue.close();
}

function percentiles(millis) {
  millis.sort((one, other) => one - other);
  const at = (percent) => millis[Math.ceil((percent / 100) * millis.length) - 1];
  return { p50Millis: at(50), p99Millis: at(99) };
}

/** Numbers of four digits and a comma fill it to about that length. */
function payloads({ payloadBytes }) {
  const payload = (i, frames) => ({ robot: 'RB-001', episode: `ep-${String(i).padStart(6, '0')}`, frames });
  const room = payloadBytes - JSON.stringify(payload(0, [])).length;
  const frames = Array.from({ length: Math.max(0, Math.round(room / 5)) }, (_, i) => 1000 + (i % 9000));
  return (i) => payload(i, frames);
}

async function openQueue({ queueName, redisPort }) {
  return ready(new Queue(queueName, { connection: connection(redisPort) }));
}

async function openWorker({ queueName, redisPort, concurrency }, processor) {
  return ready(new Worker(queueName, processor, { connection: connection(redisPort), concurrency, autorun: false }));
}

/** A lost connection ends the run: it would not be a measurement any more. */
function connection(port) {
  return { port, retryStrategy: () => null };
}

async function ready(client) {
  client.on('error', (error) => {
    throw error;
  });
  await client.waitUntilReady();
  return client;
}

/** Milliseconds of the machine's clock, which all processes share. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
