/**
 * Fills a database with calls as a company makes them, then asks the gateway for every kind of page and prints how long
 * each took. Needs the built gateway.
 *
 *   node scripts/fill-ledger.mjs --file ledger.sqlite --rows 1000000
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    file: { type: 'string', default: 'ledger.db' },
    rows: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '29' },
  },
});
const ROWS = Number(options.rows);
const DAYS = Number(options.days);
const BATCH = 2_000;
const ROUNDS = 9;
const DAY_MS = 86_400_000;

/** The same rows at every run. */
function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = seededRandom(42);
/** Few are busy and many are not. */
const someOf = (count) => Math.min(count - 1, Math.floor(count * random() ** 3));
const words = 'the sea is deep and wide and its waters hold more than anyone has counted so far'.split(' ');
const sentence = (length) => Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
const preview = sentence(90);

const MODELS = [
  ['gpt-4o', 'openai', 2_500, 10_000],
  ['gpt-4o-mini', 'openai', 150, 600],
  ['claude-sonnet-4-5', 'anthropic', 3_000, 15_000],
  ['o3-mini', 'openai', 1_100, 4_400],
  ['gemini-2.5-flash', 'google', 300, 2_500],
  ['text-embedding-3-small', 'openai', 20, 0],
  ['llama3:8b', 'local', null, null],
  ['gpt-4.1', 'azure', 2_000, 8_000],
  ['gpt-4.1-mini', 'azure', 400, 1_600],
  ['claude-haiku-4-5', 'anthropic', 1_000, 5_000],
  ['mistral-large', 'mistral', 2_000, 6_000],
  ['fast', 'openai', 150, 600],
];
const TEAMS = ['search', 'billing', 'support', 'research', 'mobile'];
const KEYS = 200;
const PEOPLE = 80;

function aCall(index, startedAt) {
  const key = someOf(KEYS);
  const [model, upstream, inputNano, outputNano] = MODELS[(key + 5 * someOf(3)) % MODELS.length];
  const fate = random();
  const status =
    fate < 0.955 ? 'ok' : fate < 0.975 ? 'failed' : fate < 0.985 ? 'rejected' : fate < 0.995 ? 'aborted' : 'partial';
  const isCharged = status !== 'failed' && status !== 'rejected';
  const inputTokens = isCharged ? 50 + Math.floor(4_000 * random() ** 3) : 0;
  const outputTokens = isCharged ? 10 + Math.floor(1_000 * random() ** 2) : 0;
  const firstEventMs = status === 'rejected' ? null : 200 + 3_000 * random() ** 4;
  const latencyMs = (firstEventMs ?? 1) + outputTokens * 8;
  const servedModel = model === 'fast' ? 'gpt-4o-mini' : model;
  return {
    requestId: `req_${startedAt.toString(16).padStart(12, '0')}${index.toString(16).padStart(20, '0')}`,
    startedAt,
    keyId: `key_${key}`,
    maskedKey: `gw-…${String(key).padStart(4, '0')}`,
    keyName: `Program ${key}`,
    userId: key % 3 === 0 ? null : `usr_${key % PEOPLE}`,
    endpoint: '/v1/chat/completions',
    model,
    isStream: random() < 0.6,
    tags: JSON.stringify({ team: TEAMS[key % TEAMS.length] }),
    endedAt: Math.round(startedAt + latencyMs),
    status,
    httpStatus: status === 'failed' ? 502 : status === 'rejected' ? 429 : status === 'aborted' ? 499 : 200,
    errorCode: status === 'failed' ? 'upstream_unreachable' : status === 'rejected' ? 'rate_limit_exceeded' : null,
    errorMessage: null,
    servedModel,
    reportedModel: servedModel,
    upstream,
    routeRule: 'default',
    inputTokens,
    cachedInputTokens: Math.floor(inputTokens * random() * 0.5),
    cacheWriteTokens: 0,
    outputTokens,
    reasoningTokens: 0,
    usage: null,
    usageSource: isCharged ? 'upstream' : 'none',
    costNanoUsd: !isCharged ? 0 : inputNano === null ? null : inputTokens * inputNano + outputTokens * outputNano,
    price: '{"input":2500000,"output":10000000,"source":"genai-prices 0.1.8"}',
    latencyMs,
    firstEventMs,
    overheadMs: 2,
    attempts: status === 'rejected' ? 0 : 1,
    tries: `[{"upstream":"${upstream}","model":"${servedModel}","startedAt":${startedAt},"durationMs":812.5,"httpStatus":200,"error":null}]`,
    limits: '{"requests":{"limit":600,"remaining":412,"resetMs":23000}}',
    promptPreview: preview.slice(0, 60 + Math.floor(random() * 440)),
    responsePreview: preview.slice(0, 60 + Math.floor(random() * 440)),
  };
}

async function fill() {
  const { Storage } = await import('../dist/src/storage/storage.js');
  const storage = await Storage.open({ databasePath: options.file, synchronous: 'normal' });
  const began = performance.now();
  const from = Date.now() - DAYS * DAY_MS;
  const step = (DAYS * DAY_MS) / ROWS;
  for (let index = 0; index < ROWS; index += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, ROWS - index) }, (_, i) =>
      aCall(index + i, Math.floor(from + (index + i) * step)),
    );
    for (const row of storage.opened.ledger.write([], rows)) storage.sums.add(row);
    if (index % (BATCH * 10) === 0) storage.sums.flush();
  }
  await storage.close();
  console.log(`${ROWS} rows in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
}

async function startGateway() {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env.PATH, PORT: '0', DATABASE_PATH: options.file, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    const origin = /listens on (http:\/\/\S+)/.exec(output)?.[1];
    if (origin !== undefined) return { child, origin };
  }
  throw new Error(`the gateway did not start:\n${output}`);
}

/** CPU time that a process has used, ms: what others do on the machine does not change it. Linux tells it in ticks. */
function cpuMsOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function measure() {
  const { child, origin } = await startGateway();
  const now = Date.now();
  const ago = (days) => encodeURIComponent(new Date(now - days * DAY_MS - 1_234_567).toISOString());
  const middle = encodeURIComponent(new Date(now - (DAYS * DAY_MS) / 2).toISOString());
  const first = await (await fetch(`${origin}/api/prompt-log?limit=1&to=${middle}`)).json();
  const { requestId, model, keyId, userId } = first.data[0];
  const { nextCursor: cursor } = await (await fetch(`${origin}/api/prompt-log?limit=1000&to=${middle}`)).json();
  const pages = [
    '/api/prompt-log',
    '/api/prompt-log?limit=1000',
    `/api/prompt-log?limit=1000&cursor=${cursor}`,
    `/api/prompt-log?model=${model}`,
    '/api/prompt-log?model=no-such-model',
    `/api/prompt-log?key=${keyId}`,
    `/api/prompt-log?key=key_199&model=gpt-4o`,
    `/api/prompt-log?user=${userId ?? 'usr_7'}&status=partial`,
    '/api/prompt-log?status=failed',
    '/api/prompt-log?status=unknown',
    `/api/prompt-log?status=partial&model=mistral-large&key=key_150`,
    `/api/prompt-log?from=${ago(10)}&to=${ago(9)}&limit=1000`,
    `/api/prompt-log?before=${requestId}`,
    `/api/prompt-log?after=${requestId}&limit=100`,
    `/api/requests/${requestId}`,
    '/api/costs',
    '/api/costs?groupBy=model',
    '/api/costs?groupBy=user',
    '/api/costs?groupBy=tag',
    '/api/costs?groupBy=status',
    '/api/costs?groupBy=key,model',
    '/api/costs?groupBy=day,model',
    '/api/costs?groupBy=day,key',
    `/api/costs?groupBy=day,model&from=${ago(7)}`,
    `/api/costs?groupBy=hour&from=${ago(2)}`,
    '/api/costs?groupBy=hour',
    `/api/costs?groupBy=hour,model&from=${ago(7)}`,
    `/api/costs?groupBy=model&from=${ago(20)}&to=${ago(3)}`,
    `/api/costs/${keyId}`,
    '/api/me/usage',
  ];
  console.log('| page | first, ms | median, ms | slowest, ms | CPU, ms | bytes |');
  console.log('|---|---:|---:|---:|---:|---:|');
  let slowest = 0;
  for (const page of pages) {
    const times = [];
    let bytes = 0;
    const cpuBefore = cpuMsOf(child.pid);
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      const answer = await fetch(origin + page);
      bytes = (await answer.arrayBuffer()).byteLength;
      if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`);
      times.push(performance.now() - began);
    }
    const cpuMs = (cpuMsOf(child.pid) - cpuBefore) / times.length;
    const sorted = times.toSorted((a, b) => a - b);
    slowest = Math.max(slowest, sorted.at(-1));
    const shown = decodeURIComponent(page)
      .replace(/cursor=[\w-]+/, 'cursor=…')
      .replace(/req_\w+/, 'req_…');
    console.log(
      `| \`${shown}\` | ${[times[0], sorted[ROUNDS >> 1], sorted.at(-1), cpuMs].map((ms) => ms.toFixed(0)).join(' | ')} | ${bytes} |`,
    );
  }
  console.log(`slowest: ${slowest.toFixed(0)} ms`);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

if (!existsSync(options.file)) await fill();
await measure();
