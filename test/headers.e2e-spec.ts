import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, get, post } from './support/clients.js';
import { RawClient, rawPost } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

/** Everything that must not reach an upstream, and what may. */
const CLIENT_HEADERS = {
  cookie: 'session=secret',
  origin: 'https://evil.test',
  referer: 'https://evil.test/page',
  'x-forwarded-for': '10.0.0.1',
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'https',
  'x-real-ip': '10.0.0.1',
  forwarded: 'for=10.0.0.1',
  via: '1.1 evil',
  'x-gateway-tags': 'team=search',
  'x-gateway-no-log': 'true',
  'proxy-authorization': 'Basic c2VjcmV0',
  te: 'trailers',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'x-custom': 'custom',
  'x-also-custom': 'also',
  'user-agent': 'client/1.0',
  'accept-encoding': 'gzip',
  'idempotency-key': 'once',
  'openai-organization': 'org-1',
  'openai-project': 'proj-1',
  'openai-beta': 'assistants=v2',
  'anthropic-version': '2026-10-21',
  'anthropic-beta': 'tools-1',
  accept: 'application/json',
  authorization: 'Bearer sk-client-key',
} as const;

describe('headers', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_API_KEY: 'sk-gateway-key',
      AI_GATEWAY_UPSTREAMS: `own=${simulator.url}`,
      AI_GATEWAY_UPSTREAM_OWN_KEY: 'sk-own-key',
      AI_GATEWAY_FORWARD_HEADERS: 'x-custom',
      AI_GATEWAY_MODEL_ROUTES: 'café=gpt-4o:default',
      AI_GATEWAY_PRICES: JSON.stringify({ 'gpt-4o': { input: 1, output: 1 } }),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  function upstreamHeaders(): Record<string, unknown> {
    return simulator.calls().at(-1)?.headers ?? {};
  }

  describe('to an upstream', () => {
    it('are those of the allow-list and one credential', async () => {
      await post(`${gateway.url}/chat/completions`, aChatRequest(), { headers: CLIENT_HEADERS });

      const { host, connection, 'content-length': length, ...headers } = upstreamHeaders();
      expect(headers).toEqual({
        authorization: 'Bearer sk-client-key',
        'content-type': 'application/json',
        'user-agent': 'ai-gateway',
        'accept-encoding': 'identity',
        accept: 'application/json',
        'idempotency-key': 'once',
        'openai-organization': 'org-1',
        'openai-project': 'proj-1',
        'openai-beta': 'assistants=v2',
        'anthropic-version': '2026-10-21',
        'anthropic-beta': 'tools-1',
        'x-custom': 'custom',
      });
      expect(host).toBe(new URL(simulator.url).host);
      expect([connection, length]).toEqual(['keep-alive', String(JSON.stringify(aChatRequest()).length)]);
    });

    it('are the same on the raw road, with ranges and conditions', async () => {
      const { te: _te, ...sendable } = CLIENT_HEADERS;
      await get(`${gateway.url}/files`, { ...sendable, range: 'bytes=0-1', 'if-none-match': '"a"', 'if-range': '"a"' });

      const headers = upstreamHeaders();
      const names =
        'accept accept-encoding anthropic-beta anthropic-version authorization connection host idempotency-key ' +
        'if-none-match openai-beta openai-organization openai-project range user-agent x-custom';
      expect(Object.keys(headers).toSorted().join(' ')).toBe(names);
    });

    it.each([
      [
        'the bearer token',
        { authorization: 'Bearer sk-client' },
        '/chat/completions',
        { authorization: 'Bearer sk-client' },
      ],
      ['x-api-key', { 'x-api-key': 'sk-client' }, '/chat/completions', { authorization: 'Bearer sk-client' }],
      ['api-key', { 'api-key': 'sk-client' }, '/chat/completions', { authorization: 'Bearer sk-client' }],
      ['no key', {}, '/chat/completions', { authorization: 'Bearer sk-gateway-key' }],
      [
        "the bearer token on Anthropic's road",
        { authorization: 'Bearer sk-client' },
        '/messages',
        { authorization: 'Bearer sk-client' },
      ],
      ["x-api-key on Anthropic's road", { 'x-api-key': 'sk-client' }, '/messages', { 'x-api-key': 'sk-client' }],
      [
        "no key on Anthropic's road",
        {},
        '/messages',
        { 'x-api-key': 'sk-gateway-key', 'anthropic-version': '2023-06-01' },
      ],
    ] as const)('carry one credential: %s', async (_name, headers, path, expected) => {
      await post(gateway.url + path, { ...aChatRequest(), max_tokens: 9 }, { headers });

      const sent = upstreamHeaders();
      expect(sent).toMatchObject(expected);
      expect(['authorization', 'x-api-key', 'api-key'].filter((name) => name in sent)).toHaveLength(1);
    });

    it("carry the upstream's own credential when it has one", async () => {
      await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'own/gpt-4o' }));

      expect(upstreamHeaders().authorization).toBe('Bearer sk-own-key');
    });
  });

  describe('to a client', () => {
    it('are those of the allow-list, with the ids and limits of the upstream under names of their own', async () => {
      simulator.script('*', {
        headers: {
          'set-cookie': ['a=b', 'c=d'],
          'access-control-allow-origin': '*',
          'access-control-expose-headers': 'x-a',
          server: 'hostile/1.0',
          'x-powered-by': 'PHP/4',
          via: '1.1 upstream',
          'strict-transport-security': 'max-age=1',
          'alt-svc': 'h3=":443"',
          'x-request-id': 'req_upstream',
          'x-ratelimit-remaining-requests': '7',
          'x-ratelimit-reset-tokens': '6m0s',
          'openai-processing-ms': '12',
          'openai-version': '2020-10-01',
          'x-custom-upstream': 'a',
          'x-gateway-upstream': 'a lie',
          'x-cost-usd': '1000000',
        },
      });
      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest());

      const own = [
        'x-response-time-ms',
        'x-gateway-overhead-ms',
        'server-timing',
        'date',
        'x-request-id',
        'content-length',
      ];
      const headers = Object.fromEntries([...answer.headers].filter(([name]) => !own.includes(name)));
      expect(headers).toEqual({
        'content-type': 'application/json',
        'openai-processing-ms': '12',
        'openai-version': '2020-10-01',
        'x-upstream-request-id': 'req_upstream',
        'x-upstream-ratelimit-remaining-requests': '7',
        'x-upstream-ratelimit-reset-tokens': '6m0s',
        'x-gateway-upstream': 'default',
        'x-gateway-model': 'gpt-4o',
        'x-gateway-attempts': '1',
        'x-cost-usd': expect.stringMatching(/^0\.\d{1,9}$/) as unknown,
        connection: 'keep-alive',
        'keep-alive': 'timeout=65',
      });
      expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    });

    it('tell times as numbers, and as the browser shows them', async () => {
      simulator.script('*', { answer: 'Fine.', headersAfterMs: 30 });
      const { headers } = await post(`${gateway.url}/chat/completions`, aChatRequest());

      const total = Number(headers.get('x-response-time-ms'));
      const overhead = Number(headers.get('x-gateway-overhead-ms'));
      expect(total).toBeGreaterThanOrEqual(30);
      expect(overhead).toBeGreaterThanOrEqual(0);
      expect(total - overhead).toBeGreaterThanOrEqual(29);
      expect(headers.get('server-timing')).toMatch(/^gateway;dur=[\d.]+, upstream;dur=[\d.]+$/);
    });

    it('percent-encode a model that no header can carry', async () => {
      simulator.script('*', { answer: 'Fine.', times: 2 });
      const request = aChatRequest({ model: 'mödel 100%\r\nset-cookie: a=b' });

      const answer = await post(`${gateway.url}/chat/completions`, request);

      expect(decodeURIComponent(answer.headers.get('x-gateway-model') ?? '')).toBe(request.model);
      expect(answer.headers.get('set-cookie')).toBeNull();
    });

    it('bring the cost of a stream as a trailer', async () => {
      simulator.script('*', { answer: 'Fine.', usage: { shape: 'always' } });
      const client = await RawClient.connect(gateway.origin);
      client.send(rawPost('/v1/chat/completions', aChatRequest({ stream: true }), ['Connection: close']));
      await client.whenClosed();

      expect(client.received).toMatch(/\r\nTrailer: X-Cost-USD\r\n/);
      expect(client.received).toMatch(/\r\n0\r\nX-Cost-USD: 0\.\d{1,9}\r\n\r\n$/i);
    });

    it('say whose error it is', async () => {
      const own = await post(`${gateway.url}/chat/completions`, '{}');
      expect(own.headers.get('x-error-source')).toBe('gateway');

      simulator.script('*', { status: 400, headers: { 'x-request-id': 'req_upstream', etag: '"a"' } });
      const upstreams = await post(`${gateway.url}/chat/completions`, aChatRequest());
      expect(upstreams.headers.get('x-error-source')).toBe('upstream');
      expect(Object.fromEntries(upstreams.headers)).toMatchObject({
        'x-gateway-upstream': 'default',
        'x-gateway-model': 'gpt-4o',
        'x-gateway-attempts': '1',
        'server-timing': expect.any(String) as unknown,
        'x-upstream-request-id': 'req_upstream',
      });
      expect(upstreams.headers.get('etag')).toBeNull();
    });

    it('hold no CORS permission unless origins are configured', async () => {
      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo' }), {
        headers: { origin: 'https://app.test' },
      });

      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });
  });
});

describe('configured browser origins', () => {
  it('may call /v1, without cookies', async () => {
    const gateway = await startGateway({ AI_GATEWAY_CORS_ORIGINS: 'https://app.test' });
    const preflight = await fetch(`${gateway.url}/chat/completions`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.test',
      'access-control-allow-headers': 'authorization,content-type',
    });
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();

    const call = (origin: string) =>
      post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo' }), { headers: { origin } });
    const allowed = await call('https://app.test');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(allowed.headers.get('vary')).toBe('Origin');
    const other = await call('https://evil.test');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    await gateway.close();
  });
});
