// Measures BullMQ on an empty Redis and prints one line of JSON: see README.md.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Queue } from 'bullmq';

const SHARE = fileURLToPath(new URL('share.mjs', import.meta.url));
const LEFT = { bulk: 'waiting', single: 'waiting', process: 'completed', latency: 'completed' };

const { redisPort, ...load } = readArguments();
const result = { ...load, ...(await measure()) };
console.log(JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)));

function readArguments() {
  const text = (byDefault) => ({ type: 'string', default: byDefault });
  const { mode, ...numbers } = parseArgs({
    options: {
      mode: text('process'),
      'redis-port': text('6379'),
      jobs: text('100000'),
      concurrency: text('16'),
      producers: text('1'),
      processes: text('1'),
      'payload-bytes': text('400'),
    },
  }).values;
  if (!(mode in LEFT)) {
    throw new Error(`--mode ${mode} must be one of ${Object.keys(LEFT).join(', ')}`);
  }
  if (mode === 'latency' && numbers.processes !== '1') {
    throw new Error('--mode latency needs one process');
  }
  return { mode, ...Object.fromEntries(Object.entries(numbers).map(readNumber)) };
}

function readNumber([name, text]) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${name} ${text} must be a whole number above 0`);
  }
  return [name.replace(/-./g, (letter) => letter[1].toUpperCase()), value];
}

async function measure() {
  const children = Array.from({ length: load.processes }, startChild);
  await run(children, 'warm-up', Math.ceil(load.jobs / 10));
  const answers = await run(children, 'measured', load.jobs);
  children.forEach((child) => child.disconnect());
  return { ...summary(answers), versions: await inspect('measured') };
}

function startChild() {
  const child = fork(SHARE);
  child.on('exit', (code) => code === 0 || process.exit(1));
  return child;
}

async function run(children, queueName, jobs) {
  const task = { ...load, redisPort, queueName, jobs };
  if (load.mode === 'process') {
    await split(children, { ...task, mode: 'bulk' });
  }
  return split(children, task);
}

/** Gives each child its part of the jobs, of the concurrency and of the producers. */
function split(children, task) {
  const part = (whole, i) => Math.floor((whole + i) / children.length);
  const some = (whole, i) => Math.max(1, part(whole, i));
  return Promise.all(
    children.map((child, i) =>
      answer(child, {
        ...task,
        jobs: part(task.jobs, i),
        concurrency: some(task.concurrency, i),
        producers: some(task.producers, i),
      }),
    ),
  );
}

async function answer(child, task) {
  child.send(task);
  const [reply] = await once(child, 'message');
  return reply;
}

function summary(answers) {
  const begin = Math.min(...answers.map((answer) => answer.begin));
  const end = Math.max(...answers.map((answer) => answer.end));
  const seconds = (end - begin) / 1000;
  return { seconds, perSecond: load.jobs / seconds, ...answers[0].percentiles };
}

/** Sees that Redis has all the jobs, as they should be, and who keeps them. */
async function inspect(queueName) {
  const queue = new Queue(queueName, { connection: { port: redisPort } });
  const counts = await queue.getJobCounts();
  const versions = `${await queue.getVersion()}, redis:${queue.backend.redisVersion}, node:${process.versions.node}`;
  await queue.close();
  if (counts[LEFT[load.mode]] !== load.jobs) {
    throw new Error(`${load.jobs} jobs should be ${LEFT[load.mode]}, but there are ${JSON.stringify(counts)}`);
  }
  return versions;
}
