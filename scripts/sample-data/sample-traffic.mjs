import { moveTo } from './shifted-clock.mjs';
import { pick, seededRandom } from './random.mjs';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS_IN_DETAIL = 30;

/** What the company's programs ask for, and how often. */
const JOBS = [
  {
    key: 'search',
    model: 'gpt-4o',
    weight: 30,
    words: 900,
    cached: 0.6,
    answer: 90,
    stream: true,
    firstMs: 180,
    tags: 'team=search,env=prod',
  },
  {
    key: 'search',
    model: 'gpt-4o-mini',
    weight: 40,
    words: 400,
    answer: 60,
    stream: true,
    firstMs: 90,
    tags: 'team=search,env=prod',
  },
  {
    key: 'invoices',
    model: 'gpt-4o',
    weight: 12,
    words: 2_400,
    answer: 160,
    stream: false,
    firstMs: 240,
    tags: 'team=finance',
  },
  {
    key: 'invoices',
    model: 'claude-sonnet-4-5',
    weight: 14,
    words: 1_800,
    cached: 0.5,
    answer: 120,
    stream: true,
    firstMs: 260,
    tags: 'team=finance',
  },
  {
    key: 'ann',
    model: 'claude-sonnet-4-5',
    weight: 6,
    words: 500,
    answer: 200,
    stream: true,
    firstMs: 220,
    tags: 'app=dashboard',
  },
  {
    key: 'ann',
    model: 'o4-mini',
    weight: 4,
    words: 300,
    answer: 90,
    stream: true,
    firstMs: 320,
    tags: 'app=dashboard',
    reasoning: 480,
  },
  {
    key: 'night',
    model: 'text-embedding-3-small',
    weight: 18,
    words: 600,
    answer: 0,
    stream: false,
    firstMs: 30,
    tags: 'team=data',
  },
  {
    key: 'night',
    model: 'mistral-small',
    weight: 9,
    words: 700,
    answer: 80,
    stream: false,
    firstMs: 110,
    tags: 'team=data',
  },
  { key: 'lab', model: 'llama3:8b', weight: 8, words: 200, answer: 70, stream: true, firstMs: 60, tags: '' },
  { key: 'lab', model: 'qwen3', weight: 4, words: 150, answer: 60, stream: true, firstMs: 70, tags: '' },
  { key: null, model: 'demo', weight: 4, words: 12, answer: 0, stream: true, firstMs: 0, tags: 'app=dashboard' },
];

const TEXT = 'The quick brown fox jumps over the lazy dog and asks for the invoice of last November, please. '.split(
  ' ',
);

/**
 * Fills the gateway with `days` days of calls that end at `now`, by real calls through it.
 * @param sample `{ origin, simulator, keys }`, the keys whole and by short name
 */
export async function runTraffic(sample, { now, days }) {
  const { simulator } = sample;
  const random = seededRandom(20_261_124);
  const detailFrom = now - HOURS_IN_DETAIL * HOUR_MS;
  for (let day = days; day >= 1; day--) {
    const at = Math.floor(now / DAY_MS) * DAY_MS - day * DAY_MS + 11 * HOUR_MS;
    if (at > detailFrom - HOUR_MS) break;
    moveTo(at);
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    const growth = 1 + (days - day) / days;
    const isSpike = day === 4;
    const count = Math.round((isWeekend ? 7 : 18) * growth * (0.8 + 0.4 * random())) * (isSpike ? 2 : 1);
    if (random() < 0.35 || isSpike) fail(simulator, random, isSpike ? 5 : 1);
    await batch(sample, random, count, day > 31);
  }
  for (let at = Math.ceil(detailFrom / HOUR_MS) * HOUR_MS; at < now - 20 * 60_000; at += HOUR_MS) {
    const hour = new Date(at).getUTCHours();
    const isBusy = hour >= 7 && hour <= 18;
    if (!isBusy && random() < 0.6) continue;
    moveTo(at + 60_000 * Math.floor(10 + 30 * random()));
    if (random() < 0.25) fail(simulator, random, 1);
    await batch(sample, random, Math.round((isBusy ? 6 : 2) * (0.7 + 0.8 * random())), false);
  }
}

function fail(simulator, random, times) {
  const model = random() < 0.5 ? 'gpt-4o' : 'claude-sonnet-4-5';
  simulator.script(model, {
    status: 400,
    error: { message: 'The request was refused by a rule of the sample.', code: 'sample_rule' },
    times,
  });
}

async function batch({ origin, simulator, keys }, random, count, isFast) {
  const jobs = Array.from({ length: count }, () => ({ job: pick(random, JOBS), size: 0.5 + random() }));
  for (const { job, size } of jobs) simulator.script(job.model, behaviourOf(job, size, isFast));
  await Promise.all(jobs.map(({ job, size }) => call(origin, keys[job.key], job, size)));
}

/** Calls of long ago are not waited for: nobody looks at their times. */
function behaviourOf(job, size, isFast) {
  const waitMs = isFast ? 0 : Math.round(job.firstMs * size);
  const prompt = Math.round(job.words * size * 12);
  const reasoning = job.reasoning ?? 0;
  const completion = job.answer > 0 ? Math.round(job.answer * size * 6) + reasoning : 0;
  const values = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: Math.round(prompt * (job.cached ?? 0)) },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
  return {
    ...(job.stream ? { firstEventAfterMs: waitMs } : { headersAfterMs: waitMs }),
    ...(job.answer > 0 ? { answer: wordsOf(job.answer * size), usage: { values } } : {}),
  };
}

async function call(origin, key, job, size) {
  const isEmbedding = job.model.startsWith('text-embedding');
  const text = wordsOf(job.words * size);
  const body = isEmbedding
    ? { model: job.model, input: text }
    : { model: job.model, stream: job.stream, messages: [{ role: 'user', content: text }] };
  const answer = await fetch(`${origin}/v1/${isEmbedding ? 'embeddings' : 'chat/completions'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(job.tags ? { 'x-gateway-tags': job.tags } : {}),
    },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
}

export function wordsOf(count) {
  return Array.from({ length: Math.max(1, Math.round(count)) }, (_, index) => TEXT[index % TEXT.length]).join(' ');
}
