// A job's life as a picture: how long it waited, each attempt, the pauses between, and its deadline.
import {h, svg} from './dom.js';
import {span} from './job-times.js';
import {clock} from './format.js';

const [WIDTH, HEIGHT, TOP, THICK] = [400, 34, 8, 16];
const LEAST = 3;

export function createTimeline() {
  const picture = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'timeline', role: 'img', preserveAspectRatio: 'none'});
  const from = h('span', {});
  const words = h('span', {class: 'grow'});
  const to = h('span', {});
  const element = h('figure', {class: 'life'}, picture, h('figcaption', {class: 'row soft small'}, from, words, to));
  let drawn = '';

  function show(job, now) {
    const life = lifeOf(job, now);
    const news = JSON.stringify(life);
    if (news === drawn) return;
    drawn = news;
    const {begin, end, parts, deadline} = life;
    const x = at => ((at - begin) / Math.max(1, end - begin)) * WIDTH;
    picture.replaceChildren(
      svg('rect', {class: 't-wait', x: 0, y: TOP + 5, width: WIDTH, height: THICK - 10}),
      ...parts.map(part =>
        svg('rect', {
          class: `t-${part.kind}`,
          x: x(part.from),
          y: TOP,
          width: Math.max(LEAST, x(part.to) - x(part.from)),
          height: THICK,
          rx: 2,
        }),
      ),
      ...(deadline ? [svg('rect', {class: 't-deadline', x: Math.min(WIDTH - 2, x(deadline)), y: 0, width: 2, height: HEIGHT})] : []),
    );
    const said = sentence(job, life);
    picture.setAttribute('aria-label', said);
    from.textContent = clock(begin);
    words.textContent = said;
    to.textContent = job.endedAt ? clock(end) : 'now';
  }

  return {element, show};
}

/** Whole seconds while it runs, so that it is drawn once a second. A deadline far ahead is not drawn. */
function lifeOf(job, now) {
  const begin = Date.parse(job.submittedAt);
  const end = job.endedAt ? Date.parse(job.endedAt) : Math.max(begin + 1000, Math.floor(now / 1000) * 1000);
  const limit = job.deadline ? Date.parse(job.deadline) : Infinity;
  const deadline = limit <= 2 * end - begin ? limit : null;
  return {begin, end: Math.max(end, deadline ?? 0), parts: partsOf(job, end), deadline};
}

function partsOf({attempts = [], state}, end) {
  return attempts.map(({startedAt, endedAt, error}, i) => {
    const from = Date.parse(startedAt);
    const isLast = i === attempts.length - 1;
    const to = endedAt ? Date.parse(endedAt) : isLast ? end : Date.parse(attempts[i + 1].startedAt);
    const kind = error ? 'failed' : isLast && state === 'SUCCEEDED' ? 'good' : isLast && !endedAt ? 'running' : 'lost';
    return {from, to: Math.max(from, to), kind};
  });
}

function sentence(job, {begin, parts}) {
  if (parts.length === 0) return job.endedAt ? 'It never began.' : 'It has not begun.';
  const worked = parts.reduce((sum, {from, to}) => sum + to - from, 0);
  return `waited ${span(Math.max(0, parts[0].from - begin))}, worked ${span(worked)}${parts.length > 1 ? ` in ${parts.length} attempts` : ''}`;
}
