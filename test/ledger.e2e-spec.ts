import { DataSource } from 'typeorm';
import { rawConnection } from '../src/storage/drivers/open-sqlite.js';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, eventually, get, post, recordOf, type Answer, type PostOptions } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const PRICES = {
  'gpt-4o': { input: 2.5, output: 10 },
  'priced-*': { input: 0.137, cachedInput: 0.011, output: 0.733 },
};

let simulator: Simulator;
let gateway: RunningGateway;

beforeAll(async () => {
  simulator = await startSimulator();
  gateway = await startGateway({
    AI_GATEWAY_UPSTREAM: simulator.url,
    AI_GATEWAY_PRICES: JSON.stringify(PRICES),
    AI_GATEWAY_RETRY_ATTEMPTS: '1',
  });
});
afterAll(async () => {
  await gateway.close();
  await simulator.close();
});
afterEach(() => backAtBaseline(gateway));

const chat = (more: object = {}, options: PostOptions = {}): Promise<Answer> =>
  post(`${gateway.url}/chat/completions`, aChatRequest(more), options);
const record = (answer: Answer) => recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');

describe('a call that ended well', () => {
  it('is on record with its tokens, cost, price, try, times and route', async () => {
    simulator.script('gpt-4o', { usage: { values: { prompt_tokens: 812, completion_tokens: 214 } } });
    const answer = await chat({}, { headers: { 'x-gateway-tags': 'team=search,env=prod' } });
    expect(answer.headers.get('x-cost-usd')).toBe('0.00417');
    const found = await record(answer);
    expect(found).toMatchObject({
      keyId: 'anonymous',
      endpoint: '/v1/chat/completions',
      model: 'gpt-4o',
      servedModel: 'gpt-4o',
      upstream: 'default',
      stream: false,
      status: 'ok',
      httpStatus: 200,
      inputTokens: 812,
      outputTokens: 214,
      usageSource: 'upstream',
      costUsd: 0.00417,
      attempts: 1,
      tags: { env: 'prod', team: 'search' },
      promptPreview: 'Tell me something about the sea.',
      error: null,
      price: { input: 2.5, cachedInput: null, cacheWrite: null, output: 10, source: 'override' },
      tries: [{ upstream: 'default', model: 'gpt-4o', httpStatus: 200, error: null }],
      route: { requestedModel: 'gpt-4o', rule: 'default', upstream: 'default', servedModel: 'gpt-4o' },
    });
    const { latencyMs, ttftMs, timings } = found as unknown as Record<string, never>;
    expect(timings).toEqual({ overheadMs: expect.any(Number), firstEventMs: ttftMs, totalMs: latencyMs });
  });

  it('streams its cost as a trailer and is on record when the last byte is there', async () => {
    const answer = await chat({ stream: true });
    expect(answer.events().at(-1)).toBe('[DONE]');
    expect(await record(answer)).toMatchObject({ status: 'ok', stream: true, usageSource: 'upstream' });
  });

  it('keeps no text when the client says so', async () => {
    const answer = await chat({}, { headers: { 'x-gateway-no-log': 'true' } });
    expect(await record(answer)).toMatchObject({ status: 'ok', promptPreview: null, responsePreview: null });
  });

  it('has each try of it', async () => {
    simulator.script('gpt-4o', { status: 503 });
    const found = await record(await chat());
    expect(found).toMatchObject({ status: 'ok', attempts: 2 });
    expect(found.tries).toMatchObject([
      { httpStatus: 503, error: { code: expect.any(String) } },
      { httpStatus: 200, error: null },
    ]);
  });
});

describe('a call that did not end well', () => {
  it('that the upstream failed costs nothing', async () => {
    simulator.script('gpt-4o', { status: 500, times: 2 });
    const found = await record(await chat());
    expect(found).toMatchObject({ status: 'failed', httpStatus: 500, costUsd: 0, usageSource: 'none', attempts: 2 });
  });

  it('that broke off after text costs what had come', async () => {
    simulator.script('gpt-4o', {
      answer: 'one two three four five six seven eight',
      resetAfterEvents: 5,
      eventEveryMs: 1,
    });
    const found = await record(await chat({ stream: true }));
    expect(found).toMatchObject({ status: 'partial', httpStatus: 200, usageSource: 'estimated' });
    expect(found.outputTokens).toBeGreaterThan(0);
    expect(found.costUsd).toBeGreaterThan(0);
  });

  it('that its client left costs what had come', async () => {
    simulator.script('gpt-4o', { answer: 'one two three four five six seven eight', eventEveryMs: 20 });
    const requestId = `left-${Math.random()}`;
    const leaving = new AbortController();
    const response = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: JSON.stringify(aChatRequest({ stream: true })),
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    for (let i = 0; i < 4; i += 1) await reader?.read();
    leaving.abort();
    const found = await eventually(() => recordOf(gateway.origin, requestId).catch(() => undefined));
    expect(found).toMatchObject({ status: 'aborted', usageSource: 'estimated' });
    expect(found.outputTokens).toBeGreaterThan(0);
    expect(found.costUsd).toBeGreaterThan(0);
  });
});

it('records what takes the raw road without a model, without tokens, for nothing', async () => {
  const answer = await get(`${gateway.url}/files`);
  expect(answer.status).toBe(200);
  expect(await record(answer)).toMatchObject({
    status: 'ok',
    model: null,
    servedModel: null,
    endpoint: '/v1/*',
    costUsd: 0,
    usageSource: 'none',
    promptPreview: null,
    route: null,
  });
});

it('replaces a request id that has a record already, and one that is in flight', async () => {
  const headers = { 'x-request-id': 'chosen-by-the-client' };
  const first = await chat({}, { headers });
  const [second, third] = await Promise.all([
    chat({}, { headers }),
    chat({}, { headers: { 'x-request-id': 'another' } }),
  ]);
  expect(first.headers.get('x-request-id')).toBe('chosen-by-the-client');
  expect(third.headers.get('x-request-id')).toBe('another');
  expect(second.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
  expect(await record(second)).toMatchObject({ status: 'ok' });
  const same = await Promise.all(Array.from({ length: 5 }, () => chat({}, { headers: { 'x-request-id': 'at-once' } })));
  const ids = same.map((answer) => answer.headers.get('x-request-id'));
  expect(new Set(ids).size).toBe(5);
  expect(ids.filter((id) => id === 'at-once')).toHaveLength(1);
  for (const answer of same) expect(await record(answer)).toMatchObject({ status: 'ok' });
});

describe('a call that the gateway refuses', () => {
  it('because its model has no price is rejected before the upstream is called', async () => {
    const denying = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: JSON.stringify(PRICES),
      AI_GATEWAY_UNPRICED: 'deny',
    });
    const before = simulator.totalCalls;
    const answer = await post(`${denying.url}/chat/completions`, aChatRequest({ model: 'mystery' }));
    expect([answer.status, answer.json()]).toMatchObject([
      403,
      { error: { type: 'permission_error', code: 'model_unpriced' } },
    ]);
    expect(simulator.totalCalls).toBe(before);
    expect(await recordOf(denying.origin, answer.headers.get('x-request-id') ?? '')).toMatchObject({
      status: 'rejected',
      httpStatus: 403,
      model: 'mystery',
      costUsd: 0,
      attempts: 0,
      error: { code: 'model_unpriced' },
    });
    expect((await post(`${denying.url}/chat/completions`, aChatRequest())).status).toBe(200);
    await denying.close();
  });

  it('because it is over its limit is rejected, and one that named no model leaves no row', async () => {
    const limited = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_RATE_LIMIT_RPM: '1' });
    await post(`${limited.url}/chat/completions`, aChatRequest());
    const over = await post(`${limited.url}/chat/completions`, aChatRequest());
    expect(over.status).toBe(429);
    expect(await recordOf(limited.origin, over.headers.get('x-request-id') ?? '')).toMatchObject({
      status: 'rejected',
      error: { code: 'rate_limit_exceeded' },
      limits: { requests: { limit: 1, remaining: 0 } },
    });
    const unreadable = await post(`${limited.url}/chat/completions`, '{');
    const log = await get(`${limited.origin}/api/requests/${unreadable.headers.get('x-request-id')}`);
    expect(log.status).toBe(404);
    await limited.close();
  });
});

describe('10,000 calls of every kind and ending', () => {
  const CALLS = 10_000;
  const MODELS = ['priced-a', 'priced-b', 'gpt-4o', 'unknown-c'];
  /** nano-USD a token, of input and output. */
  const RATES: Readonly<Record<string, readonly [number, number]>> = {
    'priced-a': [137, 733],
    'priced-b': [137, 733],
    'gpt-4o': [2_500, 10_000],
  };
  let upstream: Simulator;
  let mixed: RunningGateway;
  let rows: Row[];

  beforeAll(async () => {
    upstream = await startSimulator();
    mixed = await startGateway({
      AI_GATEWAY_UPSTREAM: upstream.url,
      AI_GATEWAY_PRICES: JSON.stringify(PRICES),
      AI_GATEWAY_RETRY_ATTEMPTS: '1',
    });
    upstream.script('fails-x', { status: 500, times: Infinity });
    upstream.script('breaks-x', { answer: 'some words that never end well', resetAfterEvents: 3, times: Infinity });
    for (const model of MODELS) upstream.script(model, { answer: 'The sea is deep.', times: Infinity });
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < CALLS) await callNumber(next++);
    };
    await Promise.all(Array.from({ length: 64 }, worker));
    await backAtBaseline(mixed);
    const db = rawConnection(mixed.gateway.app.get(DataSource));
    await eventually(() => db.prepare('SELECT count(*) FROM opened_requests').pluck().get() === 0);
    rows = db.prepare('SELECT * FROM requests').all() as Row[];
  }, 180_000);
  afterAll(async () => {
    await mixed.close();
    await upstream.close();
  });

  const isLeaving = (i: number): boolean => i % 20 === 13;
  async function callNumber(i: number): Promise<void> {
    const messages = [{ role: 'user', content: `Question ${i} ${'about the sea '.repeat(i % 7)}` }];
    const headers = { authorization: `Bearer sk-client-${i % 5}`, 'x-request-id': `call-${i}` };
    const call = (model: string, stream: boolean, signal?: AbortSignal): Promise<unknown> =>
      post(`${mixed.url}/chat/completions`, { model, stream, messages }, { headers, ...(signal ? { signal } : {}) });
    if (i % 20 === 3) return void (await call('fails-x', false));
    if (i % 20 === 7) return void (await call('breaks-x', true));
    if (!isLeaving(i)) return void (await call(MODELS[i % MODELS.length] ?? '', i % 3 === 0));
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), i % 9);
    await call('leaves-x', true, leaving.signal).catch(() => undefined);
  }

  it('have one row each, of every ending', () => {
    const ids = new Set(rows.map((row) => row.request_id));
    expect(ids.size).toBe(rows.length);
    const missing = Array.from({ length: CALLS }, (_, i) => i).filter((i) => !ids.has(`call-${i}`));
    // A client may have left before its request went out.
    expect(missing.filter((i) => !isLeaving(i))).toEqual([]);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ok', 'failed', 'partial', 'aborted']));
  });

  it.each(MODELS)("add up to the upstream's own account of %s", (model) => {
    const own = rows.filter((row) => row.model === model);
    expect(new Set(own.map(({ status }) => status))).toEqual(new Set(['ok']));
    const input = sumOf(own, ({ input_tokens: tokens }) => tokens);
    const output = sumOf(own, ({ output_tokens: tokens }) => tokens);
    expect(upstream.usageByModel()[model]).toMatchObject({
      calls: own.length,
      inputTokens: input,
      outputTokens: output,
    });
    const rates = RATES[model];
    const costs = own.map(({ cost_nano_usd: cost }) => cost);
    if (rates) expect(sumOf(costs, (cost) => cost ?? NaN)).toBe(input * rates[0] + output * rates[1]);
    else expect(new Set(costs)).toEqual(new Set([null]));
  });

  it('have as many tries on record as the upstream had calls', () => {
    expect(sumOf(rows, ({ attempts }) => attempts)).toBe(upstream.totalCalls);
  });

  it.each(['key', 'model', 'upstream', 'status', 'day,model', 'hour', 'tag', 'key,status'])(
    'are summed exactly by %s',
    async (groupBy) => {
      const answer = await get(`${mixed.origin}/api/costs?groupBy=${groupBy}`);
      const costs = answer.json<{ data: Sums[]; total: Sums }>();
      const expected = {
        requests: rows.length,
        costNanoUsd: sumOf(rows, ({ cost_nano_usd: cost }) => cost ?? 0),
        unpricedRequests: rows.filter(({ cost_nano_usd: cost }) => cost === null).length,
        inputTokens: sumOf(rows, ({ input_tokens: tokens }) => tokens),
        outputTokens: sumOf(rows, ({ output_tokens: tokens }) => tokens),
      };
      expect(addUp([costs.total])).toEqual(expected);
      expect(addUp(costs.data)).toEqual(expected);
    },
  );
});

interface Row {
  readonly request_id: string;
  readonly status: string;
  readonly model: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_nano_usd: number | null;
  readonly attempts: number;
}

interface Sums {
  readonly requests: number;
  readonly costUsd: number;
  readonly unpricedRequests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

function sumOf<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}

function addUp(rows: readonly Sums[]): Readonly<Record<string, number>> {
  return {
    requests: sumOf(rows, ({ requests }) => requests),
    costNanoUsd: sumOf(rows, ({ costUsd }) => Math.round(costUsd * 1e9)),
    unpricedRequests: sumOf(rows, ({ unpricedRequests }) => unpricedRequests),
    inputTokens: sumOf(rows, ({ inputTokens }) => inputTokens),
    outputTokens: sumOf(rows, ({ outputTokens }) => outputTokens),
  };
}
