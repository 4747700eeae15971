import { request as httpRequest } from 'node:http';
import { getStorageToken } from '@nestjs/throttler';
import { ClientKeys } from '../src/auth/client-keys.service.js';
import type { RequestWindows } from '../src/auth/request-windows.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const CHAT = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] };
const HEADERS = [
  'x-ratelimit-remaining',
  'x-ratelimit-reset-ms',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
] as const;

interface Call {
  readonly key?: string;
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

describe('the requests limit', () => {
  let upstream: Simulator;
  const running: RunningGateway[] = [];

  beforeAll(async () => {
    upstream = await startSimulator();
  });
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.close();
    upstream.reset();
  });
  afterAll(() => upstream.close());

  async function start(env: Readonly<Record<string, string>>): Promise<RunningGateway> {
    const gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: upstream.url,
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
      AI_GATEWAY_RATE_LIMIT_RPM: '3',
      ...env,
    });
    running.push(gateway);
    return gateway;
  }

  function call(
    gateway: RunningGateway,
    { key, json = CHAT, headers = {}, path = '/chat/completions' }: Call = {},
  ): Promise<Response> {
    const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    return fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify(json),
    });
  }

  async function remaining(answer: Response): Promise<number> {
    await answer.arrayBuffer();
    return Number(answer.headers.get('x-ratelimit-remaining'));
  }

  async function issueKey(gateway: RunningGateway, settings: object): Promise<{ id: string; key: string }> {
    const answer = await fetch(`${gateway.origin}/api/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'limited', ...settings }),
    });
    return (await answer.json()) as { id: string; key: string };
  }

  it('counts down in headers that agree with one another and with what happens', async () => {
    const gateway = await start({});
    for (const left of ['2', '1', '0']) {
      const answer = await call(gateway, { key: 'sk-own-key-1' });
      const shown = Object.fromEntries(HEADERS.map((name) => [name, answer.headers.get(name)]));
      expect(answer.status).toBe(200);
      expect(shown).toMatchObject({
        'x-ratelimit-remaining': left,
        'x-ratelimit-remaining-requests': left,
        'x-ratelimit-limit-requests': '3',
      });
      const resetMs = Number(shown['x-ratelimit-reset-ms']);
      expect(resetMs).toBeGreaterThan(0);
      expect(resetMs).toBeLessThanOrEqual(60_000);
      expect(['59s', '1m0s']).toContain(shown['x-ratelimit-reset-requests']);
      await answer.arrayBuffer();
    }
    const refused = await call(gateway, { key: 'sk-own-key-1' });
    const body = (await refused.json()) as { error: Record<string, unknown> };
    expect(refused.status).toBe(429);
    expect(body.error).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded', param: null });
    expect(body.error.message).toContain('All 3 requests a minute');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    const waitMs = Number(refused.headers.get('retry-after-ms'));
    expect(waitMs).toBe(Number(refused.headers.get('x-ratelimit-reset-ms')));
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1_000)));
    expect(refused.headers.get('x-should-retry')).toBeNull();
    expect(refused.headers.get('x-error-source')).toBe('gateway');
    expect(upstream.calls()).toHaveLength(3);
  });

  it('shows its numbers on streams, on other endpoints, on the raw road and on lists, from one window', async () => {
    const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '10' });
    const key = 'sk-own-key-2';
    expect(await remaining(await call(gateway, { key, json: { ...CHAT, stream: true } }))).toBe(9);
    expect(await remaining(await call(gateway, { key, path: '/embeddings', json: { model: 'm', input: 'x' } }))).toBe(
      8,
    );
    expect(await remaining(await fetch(`${gateway.url}/files`, { headers: { authorization: `Bearer ${key}` } }))).toBe(
      7,
    );
    expect(await remaining(await fetch(`${gateway.url}/models`, { headers: { authorization: `Bearer ${key}` } }))).toBe(
      6,
    );
    expect(await remaining(await call(gateway, { key, path: '/CHAT/completions/' }))).toBe(5);
  });

  it('writes what it read into the request’s record', async () => {
    const gateway = await start({});
    const answer = await call(gateway);
    const path = `/api/requests/${String(answer.headers.get('x-request-id'))}`;
    await answer.arrayBuffer();
    const record = (await (await fetch(`${gateway.origin}${path}`)).json()) as { limits: unknown };
    expect(record.limits).toMatchObject({
      requests: { limit: 3, remaining: 2, resetMs: expect.any(Number) as unknown },
    });
  });

  it('holds for each key, and for callers without one by their address', async () => {
    const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '1' });
    const statuses = [];
    for (const key of ['sk-one-key', 'sk-other-key', undefined, 'sk-one-key', undefined]) {
      statuses.push((await call(gateway, key === undefined ? {} : { key })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it('knows a key in whatever header it comes', async () => {
    const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '1' });
    expect((await call(gateway, { headers: { 'x-api-key': 'sk-one-key' } })).status).toBe(200);
    expect((await call(gateway, { headers: { 'api-key': 'sk-one-key' } })).status).toBe(429);
    expect((await call(gateway, { key: 'sk-one-key' })).status).toBe(429);
  });

  it('lets exactly as many through as it says when all come at once', async () => {
    const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '25' });
    const answers = await Promise.all(Array.from({ length: 60 }, () => call(gateway, { key: 'sk-crowd-key' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(25);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(35);
    expect(upstream.calls()).toHaveLength(25);
  });

  it('is absent at 0: no headers, no refusal', async () => {
    const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '0' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(gateway, { key: 'sk-free-key' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const name of HEADERS) expect(answers[0]?.headers.get(name)).toBeNull();
  });

  it('is the key’s own where an issued key has one, also without a general limit', async () => {
    for (const general of ['0', '1']) {
      const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: general });
      const { id, key } = await issueKey(gateway, { rpm: 2 });
      const answers = [];
      for (let index = 0; index < 3; index += 1) answers.push(await call(gateway, { key }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(answers[0]?.headers.get('x-ratelimit-limit-requests')).toBe('2');
      await fetch(`${gateway.origin}/api/keys/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: '{"rpm":5}',
      });
      expect(await remaining(await call(gateway, { key }))).toBe(2);
    }
  });

  describe('is not used up by', () => {
    it('calls that it refuses', async () => {
      const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '1' });
      await call(gateway);
      const resets = [];
      for (let index = 0; index < 5; index += 1) {
        resets.push(Number((await call(gateway)).headers.get('x-ratelimit-reset-ms')));
      }
      expect(resets).toEqual(resets.toSorted((one, other) => other - one));
    });

    it.each([
      ['an unknown model', 404, { json: { ...CHAT, model: 'nobody-knows' } }],
      ['a body that is no call', 400, { json: { messages: [] } }],
      ['an unpriced model', 403, { json: { ...CHAT, model: 'unpriced' } }],
    ])('%s', async (_, status, refused: Call) => {
      const gateway = await start({
        AI_GATEWAY_STRICT_MODELS: 'true',
        AI_GATEWAY_MODEL_ROUTES: `gpt-4o:${upstream.url},unpriced:${upstream.url}`,
        AI_GATEWAY_PRICES: '{"gpt-4o":{"input":1,"output":1}}',
        AI_GATEWAY_UNPRICED: 'deny',
      });
      for (let index = 0; index < 5; index += 1) expect((await call(gateway, refused)).status).toBe(status);
      expect(await remaining(await call(gateway))).toBe(2);
    });

    it('a model that the key does not cover', async () => {
      const gateway = await start({});
      const { key } = await issueKey(gateway, { models: ['gpt-4o*'] });
      for (let index = 0; index < 5; index += 1) {
        expect((await call(gateway, { key, json: { ...CHAT, model: 'o3' } })).status).toBe(403);
      }
      expect(await remaining(await call(gateway, { key }))).toBe(2);
    });
  });

  it('is used up by calls that the upstream refused', async () => {
    const gateway = await start({});
    upstream.script('*', { status: 400 });
    expect((await call(gateway)).status).toBe(400);
    expect(await remaining(await call(gateway))).toBe(1);
  });

  describe('behind proxies', () => {
    const from = (forwarded: string): Call => ({ headers: { 'x-forwarded-for': forwarded } });

    it('goes by the address that the trusted proxy saw, whatever the client wrote before it', async () => {
      const gateway = await start({
        AI_GATEWAY_RATE_LIMIT_RPM: '1',
        AI_GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8',
      });
      const statuses = [];
      for (const forwarded of [
        '198.51.100.1',
        '198.51.100.2',
        '1.1.1.1, 198.51.100.1',
        '2.2.2.2, 198.51.100.2, 10.0.0.9',
      ]) {
        statuses.push((await call(gateway, from(forwarded))).status);
      }
      expect(statuses).toEqual([200, 200, 429, 429]);
    });

    it('takes an IPv6 network for one caller', async () => {
      const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '1', AI_GATEWAY_TRUSTED_PROXIES: '127.0.0.1' });
      expect((await call(gateway, from('2001:db8::1'))).status).toBe(200);
      expect((await call(gateway, from('2001:db8::2'))).status).toBe(429);
    });

    it('believes nobody else', async () => {
      const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '1' });
      expect((await call(gateway, from('198.51.100.1'))).status).toBe(200);
      expect((await call(gateway, from('198.51.100.2'))).status).toBe(429);
    });
  });

  describe('against a flood of keys', () => {
    const KEYS = { AI_GATEWAY_ACCESS: 'keys', AI_GATEWAY_RATE_LIMIT_RPM: '0', AI_GATEWAY_FLOOD_RPM: '20' };

    it('answers unknown keys 401, then 429; known keys and calls without one go on', async () => {
      const gateway = await start({ ...KEYS, AI_GATEWAY_API_KEY: 'sk-gateway' });
      const { key } = await issueKey(gateway, {});
      const statuses: number[] = [];
      for (let index = 0; index < 30; index += 1) {
        const answer = await call(gateway, { key: index % 2 === 0 ? `sk-random-${index}` : `gw-random-${index}` });
        statuses.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), ...Array.from({ length: 10 }, () => 429)]);
      expect((await call(gateway, { key })).status).toBe(200);
      expect((await call(gateway)).status).toBe(401);
    });

    it('keeps memory flat while a hundred thousand different keys come, and a known key works beside them', async () => {
      const gateway = await start({ AI_GATEWAY_RATE_LIMIT_RPM: '5' });
      const { key } = await issueKey(gateway, {});
      const keys = gateway.gateway.app.get(ClientKeys);
      const windows = gateway.gateway.app.get<RequestWindows>(getStorageToken());
      const before = process.memoryUsage().heapUsed;
      for (let index = 0; index < 100_000; index += 1) {
        const value = `sk-flood-${index}-${'x'.repeat(100)}`;
        windows.take(keys.callerOf({ value, header: 'authorization' }, '127.0.0.1').keyId, 60_000, 5);
      }
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1_024 * 1_024);
      expect((await call(gateway, { key, json: { ...CHAT, model: 'demo' } })).status).toBe(200);
    });
  });

  it('answers two different Authorization headers with 400', async () => {
    const gateway = await start({});
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = ['Host', 'x', 'Authorization', 'Bearer sk-1', 'Authorization', 'Bearer sk-2'];
      const outgoing = httpRequest(`${gateway.url}/models`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.on('error', reject).end();
    });
    expect(status).toBe(400);
  });
});
