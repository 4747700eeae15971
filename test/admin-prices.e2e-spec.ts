import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

type Json = Readonly<Record<string, unknown>>;

interface Answer {
  readonly status: number;
  readonly body: Json;
}

async function call(gateway: RunningGateway, method: string, path: string, json?: object): Promise<Answer> {
  const answer = await fetch(`${gateway.origin}${path}`, {
    method,
    ...(json === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

async function chat(gateway: RunningGateway, model: string): Promise<{ requestId: string; costUsd: string | null }> {
  const answer = await fetch(`${gateway.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello there' }] }),
  });
  await answer.text();
  expect(answer.status).toBe(200);
  return { requestId: answer.headers.get('x-request-id') ?? '', costUsd: answer.headers.get('x-cost-usd') };
}

const PRICE = { input: 1_000, output: 2_000 };
const GROUPINGS = ['key', 'model', 'upstream', 'user', 'status', 'tag', 'day', 'hour', 'model,day', 'key,upstream'];

describe('prices', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  let folder: string;

  beforeAll(async () => {
    simulator = await startSimulator();
    folder = mkdtempSync(join(tmpdir(), 'prices-'));
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  function start(env: Readonly<Record<string, string>> = {}): Promise<RunningGateway> {
    return startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: '{"configured": {"input": 1, "output": 2}, "both-*": {"input": 3, "output": 4}}',
      ...env,
    });
  }

  beforeEach(async () => {
    gateway = await start();
  });
  afterEach(() => gateway.close());

  const set = (model: string, price: object): Promise<Answer> =>
    call(gateway, 'PUT', `/api/prices/${encodeURIComponent(model)}`, price);
  const list = (query = ''): Promise<Answer> => call(gateway, 'GET', `/api/prices${query}`);

  it('lists overrides of the configuration and those set here, which hide them', async () => {
    const nulls = { cachedInput: null, cacheWrite: null };
    const configured = { model: 'configured', input: 1, output: 2, ...nulls, source: 'configuration' };
    const both = { model: 'both-*', input: 3, output: 4, ...nulls, source: 'configuration' };
    expect((await list()).body).toEqual({ data: [both, configured], nextCursor: null, unpriced: [] });
    const mine = { model: 'both-*', input: 5, output: 6, cachedInput: 1, cacheWrite: null, source: 'administrator' };
    const answer = await set('both-*', { input: 5, output: 6, cachedInput: 1 });
    expect(answer).toEqual({ status: 200, body: mine });
    expect((await list()).body.data).toEqual([mine, configured]);
    expect((await call(gateway, 'DELETE', '/api/prices/both-*')).status).toBe(204);
    expect((await list()).body.data).toEqual([both, configured]);
    expect((await call(gateway, 'DELETE', '/api/prices/both-*')).status).toBe(404);
  });

  it('lists page by page', async () => {
    for (const model of ['a', 'b', 'c']) await set(model, PRICE);
    const first = (await list('?limit=3')).body;
    const second = (await list(`?limit=3&cursor=${String(first.nextCursor)}`)).body;
    const models = [first, second].flatMap(({ data }) => (data as { model: string }[]).map(({ model }) => model));
    expect(models).toEqual(['a', 'b', 'both-*', 'c', 'configured']);
    expect(second.nextCursor).toBeNull();
  });

  it('prices the very next call by what was set, by id, glob and upstream', async () => {
    expect((await chat(gateway, 'house-1')).costUsd).toBeNull();
    await set('house-*', PRICE);
    const byGlob = await chat(gateway, 'house-1');
    expect(Number(byGlob.costUsd)).toBeGreaterThan(0);
    await set('default/house-1', { input: 0, output: 0 });
    expect((await chat(gateway, 'house-1')).costUsd).toBe('0');
    await call(gateway, 'DELETE', '/api/prices/default%2Fhouse-1');
    expect((await chat(gateway, 'house-1')).costUsd).toBe(byGlob.costUsd);
  });

  it.each([
    [{ input: 1 }, 'output'],
    [{ input: -1, output: 1 }, 'input'],
    [{ input: '1', output: 1 }, 'input'],
    [{ input: 1, output: 1e9 }, 'output'],
    [{ input: 1, output: 1, cached: 1 }, 'cached'],
  ])('refuses %j and names %s', async (price, param) => {
    const { status, body } = await set('a', price);
    expect([status, (body.error as Json).param]).toEqual([400, param]);
  });

  it('refuses a model that is none', async () => {
    const { status, body } = await set(' a ', PRICE);
    expect([status, (body.error as Json).param]).toEqual([400, 'model']);
  });

  it('survives the end of the process in a file', async () => {
    const DATABASE_PATH = join(folder, 'kept.db');
    const first = await start({ DATABASE_PATH });
    await call(first, 'PUT', '/api/prices/house-*', PRICE);
    await first.close();
    const second = await start({ DATABASE_PATH });
    expect(Number((await chat(second, 'house-1')).costUsd)).toBeGreaterThan(0);
    await second.close();
  });

  it('counts past calls without a cost anew, in their rows and in every sum, once', async () => {
    const calls = [await chat(gateway, 'house-1'), await chat(gateway, 'house-1'), await chat(gateway, 'house-2')];
    await chat(gateway, 'elsewhere');
    await chat(gateway, 'configured');
    const before = (await list()).body.unpriced as Json[];
    expect(before.map(({ model, upstream, requests }) => [model, upstream, requests])).toEqual([
      ['house-1', 'default', 2],
      ['elsewhere', 'default', 1],
      ['house-2', 'default', 1],
    ]);

    await set('house-*', PRICE);
    const { status, body } = await call(gateway, 'POST', '/api/prices/house-*/reprice', {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ model: 'house-*', repriced: 3, unpriced: 0 });
    const again = await call(gateway, 'POST', '/api/prices/house-*/reprice', {});
    expect(again.body).toMatchObject({ repriced: 0, costUsd: 0 });

    let rows = 0;
    for (const { requestId } of calls) {
      const record = (await call(gateway, 'GET', `/api/requests/${requestId}`)).body;
      expect(record.price).toMatchObject({ ...PRICE, source: 'override:house-*' });
      rows += Number(record.costUsd);
    }
    expect(body.costUsd).toBeCloseTo(rows, 9);
    expect((await list()).body.unpriced).toMatchObject([{ model: 'elsewhere', requests: 1 }]);

    const { body: log } = await call(gateway, 'GET', '/api/prompt-log');
    const whole = (log.data as { costUsd: number | null }[]).reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    for (const groupBy of GROUPINGS) {
      const costs = (await call(gateway, 'GET', `/api/costs?groupBy=${groupBy}`)).body as {
        data: { costUsd: number; unpricedRequests: number; requests: number }[];
        total: Json;
      };
      const sums = costs.data.reduce((sum, { costUsd }) => sum + costUsd, 0);
      expect([groupBy, sums.toFixed(9)]).toEqual([groupBy, whole.toFixed(9)]);
      expect(costs.total).toMatchObject({ requests: 5, unpricedRequests: 1 });
      expect(costs.data.reduce((sum, { requests }) => sum + requests, 0)).toBe(5);
      expect(costs.data.reduce((sum, { unpricedRequests }) => sum + unpricedRequests, 0)).toBe(1);
    }
  });

  it('counts each call once when asked twice at the same time', async () => {
    for (let count = 0; count < 20; count += 1) await chat(gateway, 'house-1');
    await set('house-1', PRICE);
    const answers = await Promise.all([1, 2, 3].map(() => call(gateway, 'POST', '/api/prices/house-1/reprice')));
    const repriced = answers.reduce((sum, { body }) => sum + Number(body.repriced), 0);
    expect(repriced).toBe(20);
    const costs = (await call(gateway, 'GET', '/api/costs?groupBy=model')).body.data as Json[];
    const billed = answers.reduce((sum, { body }) => sum + Number(body.costUsd), 0);
    expect(costs).toMatchObject([{ requests: 20, unpricedRequests: 0 }]);
    expect(costs[0]?.costUsd).toBeCloseTo(billed, 9);
  });

  it('counts what was added against the budget of the key, whose next call is refused', async () => {
    const { body: made } = await call(gateway, 'POST', '/api/keys', { name: 'small', budgetUsd: 0.000001 });
    const ask = async (): Promise<number> => {
      const answer = await fetch(`${gateway.url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${made.key as string}` },
        body: JSON.stringify({ model: 'house-1', messages: [{ role: 'user', content: 'Hello' }] }),
      });
      await answer.text();
      return answer.status;
    };
    expect([await ask(), await ask()]).toEqual([200, 200]);
    await set('house-1', PRICE);
    const { body } = await call(gateway, 'POST', '/api/prices/house-1/reprice');
    expect(body.repriced).toBe(2);
    const { body: key } = await call(gateway, 'GET', `/api/keys/${made.id as string}`);
    expect(key.spentUsd).toBeCloseTo(Number(body.costUsd), 9);
    expect(await ask()).toBe(429);
  });
});
