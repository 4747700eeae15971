import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { GatewayOptions } from '../src/create-gateway.js';
import { EventSink, type GatewayEvent } from '../src/http/event-sink.js';
import { aChatRequest, eventually, get, post, type Answer } from './support/clients.js';
import { signIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider } from './support/start-identity-provider.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

/** 0.001 USD a token, so that an answer of 10 and 10 tokens costs 0.02. */
const PRICES = { '*': { input: 1_000, output: 1_000 }, 'free-*': { input: 0, output: 0 } };
const CALL_USD = 0.02;
const USAGE = { values: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 } };

interface Key {
  readonly id: string;
  readonly key: string;
}

interface BudgetError {
  readonly error: {
    readonly type: string;
    readonly code: string;
    readonly message: string;
    readonly spentUsd: number;
    readonly limitUsd: number;
    readonly resetsAt: string | null;
  };
}

let upstream: Simulator;
let folder: string;
const running: RunningGateway[] = [];

beforeAll(async () => {
  upstream = await startSimulator();
  folder = await mkdtemp(join(tmpdir(), 'budgets-'));
});
beforeEach(() => {
  upstream.script('fail-*', { times: 'forever', status: 500 });
  upstream.script('hang-*', { times: 'forever', headersAfterMs: 600_000 });
  upstream.script('*', { times: 'forever', usage: USAGE });
});
afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.close();
  upstream.reset();
});
afterAll(async () => {
  await upstream.close();
  await rm(folder, { recursive: true });
});

async function start(
  env: Readonly<Record<string, string>> = {},
  options: GatewayOptions = {},
): Promise<RunningGateway> {
  const settings = {
    AI_GATEWAY_UPSTREAM: upstream.url,
    AI_GATEWAY_RETRY_ATTEMPTS: '0',
    AI_GATEWAY_PRICES: JSON.stringify(PRICES),
  };
  const gateway = await startGateway({ ...settings, ...env }, options);
  running.push(gateway);
  return gateway;
}

async function makeKey({ origin }: RunningGateway, settings: object): Promise<Key> {
  return (await post(`${origin}/api/keys`, { name: 'limited', ...settings })).json<Key>();
}

function chat(gateway: RunningGateway, key: string, more: object = {}, signal?: AbortSignal): Promise<Answer> {
  return post(`${gateway.url}/chat/completions`, aChatRequest({ max_tokens: 10, ...more }), {
    headers: { authorization: `Bearer ${key}` },
    ...(signal && { signal }),
  });
}

async function spentUsd({ origin }: RunningGateway, id: string): Promise<number> {
  return (await get(`${origin}/api/keys/${id}`)).json<{ spentUsd: number }>().spentUsd;
}

/** Refused for the sake of others' reservations only. */
function mayComeAgain({ status, headers }: Answer): boolean {
  return status === 429 && headers.get('x-should-retry') === null;
}

describe.each(['memory', 'file'])('a budget worth 10 calls, with the store in %s', (kind) => {
  const store = (): Record<string, string> => (kind === 'file' ? { DATABASE_PATH: join(folder, 'ledger.sqlite') } : {});

  it('is passed by one call at most when 200 come at once, and is used up in the end', async () => {
    const gateway = await start(store());
    const { id, key } = await makeKey(gateway, { budgetUsd: 10 * CALL_USD, budgetPeriod: 'total' });
    let waiting = 200;
    let served = 0;
    while (waiting > 0) {
      const answers = await Promise.all(Array.from({ length: waiting }, () => chat(gateway, key)));
      served += answers.filter(({ status }) => status === 200).length;
      for (const again of answers.filter(mayComeAgain)) expect(again.headers.get('retry-after')).toBe('1');
      waiting = answers.filter(mayComeAgain).length;
    }
    expect(served).toBe(10);
    expect(await spentUsd(gateway, id)).toBe(0.2);
  });

  it('is passed by one call at most when a third of 200 are aborted, fail or hang', async () => {
    const gateway = await start(store());
    const { id, key } = await makeKey(gateway, { budgetUsd: 10 * CALL_USD, budgetPeriod: 'total' });
    const leave = new AbortController();
    const hanging = Array.from({ length: 4 }, () =>
      chat(gateway, key, { model: 'hang-1' }, leave.signal).catch(() => 'left' as const),
    );
    await upstream.waitFor(({ model }) => model === 'hang-1');
    const kinds = ['gpt-4o', 'gpt-4o', 'fail-1', 'gpt-4o', 'gpt-4o', 'stream'];
    for (let waiting = Array.from({ length: 196 }, (_, i) => kinds[i % kinds.length] ?? ''); waiting.length > 0;) {
      const outcomes = await Promise.all(
        waiting.map(async (model) => {
          if (model === 'stream') return abortAtFirstByte(gateway, key);
          return mayComeAgain(await chat(gateway, key, { model })) ? model : undefined;
        }),
      );
      waiting = outcomes.filter((model) => model !== undefined);
      leave.abort();
      await Promise.all(hanging);
    }
    const last = await eventually(async () => {
      const answer = await chat(gateway, key);
      return mayComeAgain(answer) ? undefined : answer.status === 429 && answer;
    });
    const spent = await spentUsd(gateway, id);
    expect(last.json<BudgetError>().error).toMatchObject({ spentUsd: spent, limitUsd: 0.2, resetsAt: null });
    const rows = (await get(`${gateway.origin}/api/prompt-log?limit=1000&key=${id}`)).json<{
      data: { costUsd: number | null }[];
    }>().data;
    const dearest = Math.max(...rows.map(({ costUsd }) => costUsd ?? 0));
    expect(spent).toBeGreaterThanOrEqual(0.2);
    expect(spent).toBeLessThan(0.2 + dearest);
  });

  async function abortAtFirstByte(gateway: RunningGateway, key: string): Promise<string | undefined> {
    const leave = new AbortController();
    const answer = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(aChatRequest({ stream: true, max_tokens: 10 })),
      signal: leave.signal,
    });
    const isToComeAgain = answer.status === 429 && answer.headers.get('x-should-retry') === null;
    leave.abort();
    return isToComeAgain ? 'stream' : undefined;
  }
});

describe('a budget', () => {
  it('says the same in error, record and API, and goes on saying it after a restart', async () => {
    const file = { DATABASE_PATH: join(folder, 'restart.sqlite') };
    const first = await start(file);
    const { id, key } = await makeKey(first, { budgetUsd: 0.03, budgetPeriod: 'day' });
    expect((await chat(first, key)).status).toBe(200);
    // Something is left and nothing is held, so the call may pass the limit.
    expect((await chat(first, key)).status).toBe(200);
    await running.pop()?.close();
    const second = await start(file);
    const refused = await chat(second, key);
    const row = (await get(`${second.origin}/api/keys/${id}`)).json<{ spentUsd: number; resetsAt: string }>();
    const { error } = refused.json<BudgetError>();
    expect(refused.status).toBe(429);
    expect(error).toMatchObject({ type: 'insufficient_quota', code: 'budget_exceeded', limitUsd: 0.03 });
    expect({ spentUsd: error.spentUsd, resetsAt: error.resetsAt }).toEqual({
      spentUsd: row.spentUsd,
      resetsAt: row.resetsAt,
    });
    expect(row.spentUsd).toBe(0.04);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(86_400);
    const record = await get(`${second.origin}/api/requests/${refused.headers.get('x-request-id')}`);
    expect(record.json()).toMatchObject({
      status: 'rejected',
      costUsd: 0,
      limits: { budget: { spentUsd: 0.04, limitUsd: 0.03, resetsAt: row.resetsAt } },
    });
  });

  it('of nothing stops the first paid call, and never one of a free model', async () => {
    const gateway = await start();
    const { key } = await makeKey(gateway, { budgetUsd: 0, budgetPeriod: 'total' });
    const refused = await chat(gateway, key);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(refused.json<BudgetError>().error).toMatchObject({ spentUsd: 0, limitUsd: 0, resetsAt: null });
    expect((await chat(gateway, key, { model: 'free-1' })).status).toBe(200);
    expect((await chat(gateway, key, { model: 'demo' })).status).toBe(200);
    expect(upstream.calls()).toHaveLength(1);
  });

  it('holds from the next call on when it is changed', async () => {
    const gateway = await start();
    const { id, key } = await makeKey(gateway, { budgetUsd: 0 });
    const change = (settings: object): Promise<Answer> =>
      post(`${gateway.origin}/api/keys/${id}`, settings, { method: 'PATCH' });
    expect((await chat(gateway, key)).status).toBe(429);
    await change({ budgetUsd: 0.01 });
    expect((await chat(gateway, key)).status).toBe(200);
    expect((await chat(gateway, key)).status).toBe(429);
    await change({ budgetUsd: null });
    expect((await chat(gateway, key)).status).toBe(200);
    await change({ budgetUsd: 0.04, budgetPeriod: 'week' });
    expect((await chat(gateway, key)).json<BudgetError>().error).toMatchObject({ spentUsd: 0.04, limitUsd: 0.04 });
  });

  it('is held back by running calls only as long as they run', async () => {
    const gateway = await start();
    const { key } = await makeKey(gateway, { budgetUsd: 0.03 });
    const leave = new AbortController();
    const hanging = chat(gateway, key, { model: 'hang-1' }, leave.signal).catch(() => 'left');
    await upstream.waitFor(({ model }) => model === 'hang-1');
    const refused = await chat(gateway, key);
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-should-retry')]).toEqual([
      429,
      '1',
      null,
    ]);
    leave.abort();
    expect(await hanging).toBe('left');
    await eventually(async () => (await chat(gateway, key)).status === 200);
  });

  it('tells at 80 and 100 percent, once each, as a metric and as an event', async () => {
    const events: GatewayEvent[] = [];
    const sink: EventSink = { emit: (event) => events.push(event) };
    class SinkModule {}
    Module({ providers: [{ provide: EventSink, useValue: sink }] })(SinkModule);
    const gateway = await start({}, { modules: [SinkModule] });
    const { id, key } = await makeKey(gateway, { budgetUsd: 0.1, budgetPeriod: 'total' });
    for (let call = 0; call < 6; call += 1) await chat(gateway, key);
    const alert = { type: 'budget_alert', keyId: id, budgetPeriod: 'total', limitUsd: 0.1, resetsAt: null };
    expect(events).toEqual([
      { ...alert, percent: 80, spentUsd: 0.08 },
      { ...alert, percent: 100, spentUsd: 0.1 },
    ]);
    const metrics = (await get(`${gateway.origin}/metrics`)).text;
    expect(metrics).toContain('ai_gateway_budget_alerts_total{percent="80"} 1');
    expect(metrics).toContain('ai_gateway_budget_alerts_total{percent="100"} 1');
  });

  it('of a person is shared by sessions and keys', async () => {
    const provider = await startIdentityProvider();
    try {
      const gateway = await start({ ...provider.env, AI_GATEWAY_ADMIN_EMAILS: 'bob@example.com' });
      const ann = await signIn(gateway.origin, provider, ANN);
      const admin = await signIn(gateway.origin, provider, BOB);
      const annId = String((await whoAmI(ann, gateway.origin)).id);
      const made = await ann.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
      const { key } = JSON.parse(made.text) as Key;
      const budget = { budgetUsd: 0.03, budgetPeriod: 'total' };
      await admin.fetch(gateway.origin, `/api/users/${annId}`, { method: 'PATCH', json: budget });
      expect((await chat(gateway, key)).status).toBe(200);
      const json = aChatRequest({ max_tokens: 10 });
      const session = () => ann.fetch(gateway.origin, '/v1/chat/completions', { method: 'POST', json });
      expect((await session()).status).toBe(200);
      const { error } = (await chat(gateway, key)).json<BudgetError>();
      expect(error).toMatchObject({ code: 'budget_exceeded', spentUsd: 0.04, limitUsd: 0.03 });
      expect(error.message).toContain('person');
      expect((await session()).status).toBe(429);
    } finally {
      await provider.close();
    }
  });
});

describe('tokens a minute', () => {
  it('are held by estimate, corrected by usage, and told by headers, error and record alike', async () => {
    const gateway = await start();
    const { key } = await makeKey(gateway, { tpm: 50 });
    const left = async (): Promise<string | null> => (await chat(gateway, key)).headers.get(REMAINING);
    expect([await left(), await left(), await left()]).toEqual(['30', '10', '0']);
    const refused = await chat(gateway, key);
    expect(refused.status).toBe(429);
    expect(refused.json<BudgetError>().error).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    expect(refused.headers.get('x-ratelimit-limit-tokens')).toBe('50');
    expect(refused.headers.get(REMAINING)).toBe('0');
    expect(refused.headers.get('x-ratelimit-reset-tokens')).toMatch(/^(\d+s|1m0s)$/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    const record = await get(`${gateway.origin}/api/requests/${refused.headers.get('x-request-id')}`);
    expect(record.json()).toMatchObject({ status: 'rejected', limits: { tokens: { limit: 50, remaining: 0 } } });
  });

  it('are not used by calls that failed or were refused', async () => {
    const gateway = await start();
    const { key } = await makeKey(gateway, { tpm: 1_000, maxParallel: 1 });
    expect((await chat(gateway, key, { model: 'fail-1' })).headers.get(REMAINING)).toBe('1000');
    const leave = new AbortController();
    const hanging = chat(gateway, key, { model: 'hang-1' }, leave.signal).catch(() => 'left');
    await upstream.waitFor(({ model }) => model === 'hang-1');
    const refused = [await chat(gateway, key), await chat(gateway, key)];
    expect(refused.map(({ status }) => status)).toEqual([429, 429]);
    const [first, second] = refused.map(({ headers }) => headers.get(REMAINING));
    expect(first).toBe(second);
    leave.abort();
    await hanging;
  });
});

describe('parallel calls', () => {
  it('leave exactly their slots free after 300 calls that ended in every way', async () => {
    const gateway = await start();
    const { key } = await makeKey(gateway, { maxParallel: 2 });
    upstream.script('cut-*', { times: 'forever', reset: 'mid-body' });
    upstream.script('stall-*', { times: 'forever', stallAfterEvents: 1 });
    const kinds: readonly [model: string, stream: boolean, leavesAfterMs?: number][] = [
      ['gpt-4o', false],
      ['gpt-4o', true],
      ['fail-1', false],
      ['fail-2', true],
      ['cut-1', false],
      ['cut-2', true],
      ['stall-1', true, 20],
      ['hang-2', false, 20],
      ['hang-3', true, 0],
      ['gpt-4o', true, 1],
    ];
    let next = 0;
    const seen = new Set<string>();
    const worker = async (): Promise<void> => {
      for (let i = next++; i < 300; i = next++) {
        const [model, stream, leavesAfterMs] = kinds[i % kinds.length] ?? ['gpt-4o', false];
        let outcome: number | 'left';
        do {
          const signal = leavesAfterMs === undefined ? undefined : AbortSignal.timeout(leavesAfterMs);
          const answer = await chat(gateway, key, { model, stream }, signal).catch(() => undefined);
          outcome = answer?.status ?? 'left';
          seen.add(`${outcome}`);
        } while (outcome === 429);
      }
    };
    // Three at a time for two slots, so that refusals are among the endings.
    await Promise.all([worker(), worker(), worker()]);
    expect([...seen].sort()).toEqual(expect.arrayContaining(['200', '429', '500', 'left']));
    await eventually(async () => {
      const free = await freeSlots(gateway, key);
      return free === 2;
    });
    expect(await freeSlots(gateway, key)).toBe(2);
  });

  /** Takes slots until one is refused, and gives them back. */
  async function freeSlots(gateway: RunningGateway, key: string): Promise<number> {
    const leave = new AbortController();
    const before = upstream.calls(({ model }) => model === 'hang-probe').length;
    let refused = 0;
    const calls = Array.from({ length: 4 }, () =>
      chat(gateway, key, { model: 'hang-probe' }, leave.signal).then(
        (answer) => {
          expect(answer.headers.get('retry-after')).toBe('1');
          refused += 1;
        },
        () => undefined,
      ),
    );
    const reached = (): number => upstream.calls(({ model }) => model === 'hang-probe').length - before;
    await eventually(() => reached() + refused === 4);
    const free = reached();
    leave.abort();
    await Promise.all(calls);
    await eventually(
      () => upstream.calls(({ model, ending }) => model === 'hang-probe' && ending === 'open').length === 0,
    );
    return free;
  }
});

const REMAINING = 'x-ratelimit-remaining-tokens';
