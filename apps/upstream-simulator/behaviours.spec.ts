import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { UPSTREAM_FAULTS } from './faults.js';
import { type Simulator, startSimulator } from './simulator.js';

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** Code of the error that ended the body, null for a clean end. */
  readonly broken: string | null;
}

describe('the behaviours of the simulator', () => {
  let simulator: Simulator;
  let agent: Agent;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    agent = new Agent({ connections: 1, maxHeaderSize: 200_000 });
  });
  afterEach(async () => {
    await agent.destroy();
    simulator.reset();
  });
  afterAll(() => simulator.close());

  async function post(body: object, path = '/chat/completions'): Promise<Seen> {
    const answer = await request(simulator.url + path, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const chunks: Buffer[] = [];
    let broken: string | null = null;
    try {
      for await (const chunk of answer.body) chunks.push(chunk as Buffer);
    } catch (error) {
      broken = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
    return { status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks), broken };
  }

  const buffered = (model = 'gpt-4o') => ({ model, messages: [{ role: 'user', content: 'Say a b c d e f' }] });
  const streamed = (model = 'gpt-4o') => ({ ...buffered(model), stream: true });
  const withUsage = () => ({ ...streamed(), stream_options: { include_usage: true } });

  const eventsOf = ({ bytes }: Seen): string[] =>
    [...bytes.toString('utf8').matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '');
  const usagesOf = (seen: Seen) =>
    eventsOf(seen)
      .filter((data) => data.startsWith('{'))
      .map(
        (data) => (JSON.parse(data) as { usage?: { total_tokens: number; completion_tokens: number } | null }).usage,
      );

  it('takes behaviours from the queue of the model, then of the path, then of everything', async () => {
    simulator.script('*', { status: 500, times: Infinity });
    simulator.script('/v1/chat/completions', { status: 503 });
    simulator.script('gpt-4o', { status: 429 }, { status: 418 });
    simulator.script('gpt-*', { status: 409 });
    const statuses = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await post(buffered())).status);
    expect(statuses).toEqual([429, 418, 409, 503, 500, 500]);
  });

  it.each([
    ['rateLimitedSeconds', 'retry-after', /^1$/],
    ['rateLimitedDate', 'retry-after', /GMT$/],
    ['rateLimitedMs', 'retry-after-ms', /^500$/],
  ] as const)('says when to come back: %s', async (fault, header, value) => {
    simulator.script('*', UPSTREAM_FAULTS[fault]);
    const seen = await post(buffered());
    expect(seen.status).toBe(429);
    expect(seen.headers[header]).toMatch(value);
    expect(JSON.parse(seen.bytes.toString())).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  });

  it("writes errors in Anthropic's shape on its path", async () => {
    simulator.script('*', UPSTREAM_FAULTS.overloaded);
    const seen = await post({ ...buffered(), max_tokens: 9 }, '/messages');
    expect(JSON.parse(seen.bytes.toString())).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  });

  it.each(['resetBeforeHeaders', 'closedWithoutAnswer', 'notHttp'] as const)('gives no answer: %s', async (fault) => {
    simulator.script('*', UPSTREAM_FAULTS[fault]);
    await expect(post(buffered())).rejects.toThrow();
  });

  it.each(['resetAfterHeaders', 'resetMidBody', 'contentLengthLong'] as const)(
    'breaks a body off: %s',
    async (fault) => {
      simulator.script('*', UPSTREAM_FAULTS[fault]);
      const seen = await post(buffered());
      expect(seen.status).toBe(200);
      expect(seen.broken).not.toBeNull();
    },
  );

  it('resets a stream after exactly the events it was told', async () => {
    simulator.script('*', { resetAfterEvents: 4 });
    const seen = await post(streamed());
    expect(seen.broken).not.toBeNull();
    expect(eventsOf(seen)).toHaveLength(4);
    expect(simulator.calls()[0]).toMatchObject({ ending: 'cut', eventsSent: 4, tokensSent: 3 });
  });

  it('resets only a call on a socket that had served another one', async () => {
    simulator.script('*', { resetReusedSocket: true, times: 'forever' });
    expect((await post(buffered())).status).toBe(200);
    await expect(post(buffered())).rejects.toThrow();
    expect((await post(buffered())).status).toBe(200);
    expect(simulator.calls().map(({ requestOnSocket }) => requestOnSocket)).toEqual([0, 1, 0]);
  });

  it('closes idle sockets after an answer', async () => {
    simulator.script('*', {}, UPSTREAM_FAULTS.idleSocketsClosed);
    await post(buffered());
    const disconnected = once(agent, 'disconnect');
    await post(buffered());
    await disconnected;
    await post(buffered());
    const [first, second, third] = simulator.calls().map(({ socketId }) => socketId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('puts an error event first, in the middle, and last', async () => {
    simulator.script('*', UPSTREAM_FAULTS.errorEventFirst, UPSTREAM_FAULTS.errorEventLater, {
      streamError: { afterEvents: 99 },
    });
    for (const count of [1, 4]) {
      const events = eventsOf(await post(streamed()));
      expect(events).toHaveLength(count);
      expect(events.at(-1)).toContain('"type":"server_error"');
    }
    expect(eventsOf(await post(streamed())).at(-1)).toContain('"error"');
  });

  it('leaves out [DONE], the finish reason, or the rest of the stream', async () => {
    simulator.script('*', UPSTREAM_FAULTS.noDone, UPSTREAM_FAULTS.noFinishReason, UPSTREAM_FAULTS.truncated);
    const noDone = eventsOf(await post(streamed()));
    expect(noDone.at(-1)).toContain('"finish_reason":"stop"');
    expect(eventsOf(await post(streamed())).join('')).not.toContain('"stop"');
    expect(eventsOf(await post(streamed()))).toHaveLength(3);
  });

  it('gives usage every shape there is', async () => {
    const [normal] = usagesOf(await post(withUsage())).filter(Boolean);
    expect(normal?.completion_tokens).toBe(6);
    const total = normal?.total_tokens;
    const shapes = ['none', 'null', 'cumulative', 'with-choices', 'on-finish', 'early', 'always'] as const;
    const seen = new Map<string, number[]>();
    for (const shape of shapes) {
      simulator.script('*', { usage: { shape } });
      const usages = usagesOf(await post(streamed()));
      seen.set(
        shape,
        usages.map((usage) => usage?.total_tokens ?? 0),
      );
      expect(shape === 'none' ? usages.every((usage) => usage === undefined) : true).toBe(true);
    }
    expect(seen.get('none')?.some(Boolean)).toBe(false);
    expect(seen.get('null')?.some(Boolean)).toBe(false);
    for (const shape of ['with-choices', 'on-finish', 'early', 'always']) {
      expect(seen.get(shape)?.filter(Boolean)).toEqual([total]);
    }
    expect(seen.get('early')?.indexOf(total ?? 0)).toBe(1);
    const growing = seen.get('cumulative')?.filter(Boolean) ?? [];
    expect(growing.length).toBeGreaterThan(6);
    expect(growing.at(-1)).toBe(total);
  });

  it('reports exactly the usage it is given, in all three APIs, and sums it up', async () => {
    simulator.script('*', {
      usage: { values: { prompt_tokens: 1_000, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 600 } } },
    });
    await post(withUsage());
    const values = { input_tokens: 100, cache_read_input_tokens: 40, cache_creation_input_tokens: 7, output_tokens: 9 };
    simulator.script('*', { usage: { values } });
    await post({ ...streamed('claude'), max_tokens: 99 }, '/messages');
    simulator.script('*', { usage: { values: { input_tokens: 5, output_tokens: 6 } } });
    await post({ model: 'gpt-r', input: 'Hi', stream: true }, '/responses');
    expect(simulator.usageByModel()).toMatchObject({
      'gpt-4o': { calls: 1, inputTokens: 1_000, cachedInputTokens: 600, outputTokens: 7 },
      claude: { calls: 1, inputTokens: 147, cachedInputTokens: 40, cacheWriteTokens: 7, outputTokens: 9 },
      'gpt-r': { calls: 1, inputTokens: 5, outputTokens: 6 },
    });
  });

  it.each(['byteByByte', 'randomChunks', 'severalEventsPerChunk'] as const)(
    'changes nothing but the cuts: %s',
    async (fault) => {
      const sse = ['data: {"a":"ü€😀"}\r\n\r\n', ': comment\n\n', 'event: x\ndata: 1\ndata: 2\n\n', 'data: [DONE]\n\n'];
      simulator.script('*', { sse, ...UPSTREAM_FAULTS[fault] });
      expect((await post(streamed())).bytes.toString()).toBe(sse.join(''));
    },
  );

  it('encodes, claims to encode, and stops half way', async () => {
    const plain = 'x'.repeat(5_000);
    simulator.script('*', { body: plain, contentEncoding: 'gzip' }, { body: plain, contentEncoding: 'lying' });
    simulator.script('*', { body: plain, contentEncoding: 'truncated' }, UPSTREAM_FAULTS.bomb);
    const gzipped = await post(buffered());
    expect(gzipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzipped.bytes).toString()).toBe(plain);
    expect((await post(buffered())).bytes.toString()).toBe(plain);
    const half = await post(buffered());
    expect(() => gunzipSync(half.bytes)).toThrow();
    const bomb = await post(buffered());
    expect(bomb.bytes.length).toBeLessThan(100_000);
    expect(gunzipSync(bomb.bytes).length).toBe(64 * 1_024 * 1_024);
  });

  it.each([
    ['redirect', 307],
    ['movedPermanently', 301],
    ['noContent', 204],
    ['notModified', 304],
  ] as const)('answers without an answer: %s', async (fault, status) => {
    simulator.script('*', UPSTREAM_FAULTS[fault]);
    expect((await post(buffered())).status).toBe(status);
  });

  it('sends hostile, huge and folded headers', async () => {
    simulator.script('*', UPSTREAM_FAULTS.hostileHeaders, UPSTREAM_FAULTS.hugeHeader);
    expect((await post(buffered())).headers['set-cookie']).toHaveLength(2);
    expect((await post(buffered())).headers['x-huge']).toHaveLength(65_536);
  });

  it('sends events over 1 MB, lines without end and broken events', async () => {
    simulator.script('*', UPSTREAM_FAULTS.hugeEvent, UPSTREAM_FAULTS.malformedEvent);
    expect(eventsOf(await post(streamed()))[2]?.length).toBeGreaterThan(1_048_576);
    const broken = eventsOf(await post(streamed()));
    expect(() => JSON.parse(broken[2] ?? '{}') as unknown).toThrow();
    expect(broken.at(-1)).toBe('[DONE]');
  });

  it.each([
    'heartbeatsLater',
    'endlessStream',
    'endlessLine',
    'stallLater',
    'headersNever',
    'firstEventNever',
  ] as const)('goes on until the client leaves, and sees it leave: %s', async (fault) => {
    simulator.script('*', UPSTREAM_FAULTS[fault]);
    const abort = new AbortController();
    const answer = request(`${simulator.url}/chat/completions`, {
      method: 'POST',
      dispatcher: agent,
      body: JSON.stringify(streamed()),
      signal: abort.signal,
    }).then(({ body }) => body.dump({ limit: Infinity, signal: abort.signal }));
    const isSilent = fault === 'headersNever' || fault === 'firstEventNever';
    await simulator.waitFor(({ bodyReadAt, bytesSent }) => (isSilent ? bodyReadAt !== null : bytesSent > 0));
    abort.abort();
    await expect(answer).rejects.toThrow();
    expect((await simulator.waitFor(({ ending }) => ending !== 'open')).ending).toBe('aborted');
  });

  it('answers before the body is there', async () => {
    simulator.script('/v1/files', UPSTREAM_FAULTS.earlyTooLarge);
    const { port } = new URL(simulator.origin);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write('POST /v1/files HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\nfirst bytes');
      });
      socket.once('error', reject);
      socket.once('data', (bytes) => {
        resolve(bytes.toString());
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('sends exact bytes, JSON and text', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    simulator.script('*', { bytes, contentType: 'audio/mpeg' }, { json: { a: 1 } }, { body: '{"a":', status: 200 });
    const seen = await post(buffered());
    expect(createHash('sha256').update(seen.bytes).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect((await post(buffered())).bytes.toString()).toBe('{"a":1}');
    expect((await post(buffered())).bytes.toString()).toBe('{"a":');
  });

  it('counts its open sockets', async () => {
    await post(buffered());
    expect(simulator.openSockets()).toBeGreaterThan(0);
  });
});
