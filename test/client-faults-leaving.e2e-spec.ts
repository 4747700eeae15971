import { setTimeout as wait } from 'node:timers/promises';
import { preloadTokenizer } from '../libs/tokens/count-tokens.js';
import { CallsInFlight } from '../src/http/calls-in-flight.js';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, eventually, recordOf, type RequestRecord } from './support/clients.js';
import { RawClient, rawPost } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Behaviour, type Simulator, type SimulatorCall } from './support/start-simulator.js';

/** The contract says 50 ms; a test that shares its machine must not fail for a slow one. */
const GENEROUS_MS = 1_000;

const STREAM = aChatRequest({ stream: true });
const MESSAGES = { ...STREAM, model: 'claude-sonnet-4-20250514', max_tokens: 100 };
const RESPONSES = { model: 'gpt-4o', stream: true, input: 'Tell me something about the sea.' };

interface Phase {
  readonly name: string;
  readonly path?: string;
  readonly body: object;
  readonly behaviour: Behaviour;
  /** What the client waits for before it leaves. */
  readonly until: (call: SimulatorCall, client: RawClient) => boolean;
  readonly tokensFlowed?: true;
}

const beforeHeaders = (call: SimulatorCall): boolean => call.bodyReadAt !== null;
const midStream = (_call: SimulatorCall, client: RawClient): boolean => client.received.includes('data: ');

const PHASES: readonly Phase[] = [
  { name: 'before the headers', body: STREAM, behaviour: { headersAfterMs: 60_000 }, until: beforeHeaders },
  {
    name: 'before the headers of a buffered answer',
    body: aChatRequest(),
    behaviour: { headersAfterMs: 60_000 },
    until: beforeHeaders,
  },
  {
    name: 'in the middle of a buffered answer',
    body: aChatRequest(),
    behaviour: { firstEventAfterMs: 60_000 },
    until: (call) => call.headersSentAt !== null,
  },
  {
    name: 'before the first event',
    body: STREAM,
    behaviour: { firstEventAfterMs: 60_000 },
    until: (call) => call.headersSentAt !== null,
  },
  {
    name: 'in the stream',
    body: STREAM,
    behaviour: { endless: { afterEvents: 3, everyMs: 5 } },
    until: midStream,
    tokensFlowed: true,
  },
  {
    name: 'while the stream stalls',
    body: STREAM,
    behaviour: { stallAfterEvents: 3 },
    until: midStream,
    tokensFlowed: true,
  },
  {
    name: 'while only heartbeats come',
    body: STREAM,
    behaviour: { heartbeats: { afterEvents: 3, everyMs: 5 } },
    until: midStream,
    tokensFlowed: true,
  },
  {
    name: "in a stream of Anthropic's",
    path: '/v1/messages',
    body: MESSAGES,
    behaviour: { stallAfterEvents: 4 },
    until: midStream,
  },
  {
    name: 'in a stream of Responses',
    path: '/v1/responses',
    body: RESPONSES,
    behaviour: { stallAfterEvents: 6 },
    until: midStream,
  },
  {
    name: 'after a keep-alive comment',
    body: STREAM,
    behaviour: { headersAfterMs: 60_000 },
    until: (_call, client) => client.received.includes(': keep-alive'),
  },
];

const WAYS = {
  FIN: (client: RawClient) => client.halfClose(),
  reset: (client: RawClient) => client.reset(),
} as const;

describe('a client that leaves', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    // The first estimate loads the tokenizer's tables, here without letting anything else run meanwhile.
    await preloadTokenizer();
    simulator = await startSimulator();
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_KEEPALIVE_MS: '100' });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  let nextId = 0;
  function newId(): string {
    nextId += 1;
    return `leaving-${nextId}`;
  }

  async function recordOnceSettled(requestId: string): Promise<RequestRecord> {
    return eventually(() => recordOf(gateway.origin, requestId).catch(() => undefined));
  }

  const cases = PHASES.flatMap((phase) => (['FIN', 'reset'] as const).map((way) => [phase.name, way, phase] as const));

  it.each(cases)('%s by %s ends the upstream call at once', async (_name, way, phase) => {
    simulator.script('*', phase.behaviour);
    const id = newId();
    const client = await RawClient.connect(gateway.origin);
    client.send(rawPost(phase.path ?? '/v1/chat/completions', phase.body, [`X-Request-Id: ${id}`]));
    const call = await simulator.waitFor(() => true);
    await eventually(() => phase.until(call, client));

    const leftAt = performance.now();
    WAYS[way](client);
    await eventually(() => call.ending !== 'open');

    expect(call.ending).toBe('aborted');
    expect((call.abortedAt?.monotonicMs ?? Infinity) - leftAt).toBeLessThan(GENEROUS_MS);
    const record = await recordOnceSettled(id);
    expect(record).toMatchObject({ status: 'aborted', attempts: 1 });
    expect(record.tries).toHaveLength(1);
    if (phase.tokensFlowed) {
      expect(record.usageSource).toBe('estimated');
      expect(record.inputTokens).toBeGreaterThan(0);
      expect(record.outputTokens).toBeGreaterThan(0);
    }
    expect(simulator.calls()).toHaveLength(1);
  });

  it('in backoff ends the tries', async () => {
    simulator.script('*', { status: 503, retryAfter: { seconds: 20 }, times: 'forever' });
    const id = newId();
    const client = await RawClient.connect(gateway.origin);
    client.send(rawPost('/v1/chat/completions', aChatRequest(), [`X-Request-Id: ${id}`]));
    await simulator.waitFor(({ ending }) => ending === 'complete');

    client.halfClose();

    const record = await recordOnceSettled(id);
    expect(record).toMatchObject({ status: 'aborted', attempts: 1 });
    await backAtBaseline(gateway);
    expect(simulator.calls()).toHaveLength(1);
  });

  it('while its request is still being sent leaves nothing behind', async () => {
    const client = await RawClient.connect(gateway.origin);
    client.send(
      'POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const calls = gateway.gateway.app.get(CallsInFlight);
    await eventually(() => calls.count === 1);

    client.reset();

    await eventually(() => calls.count === 0);
    expect(simulator.calls()).toEqual([]);
  });

  it('in the middle of an upload ends it at the upstream', async () => {
    const client = await RawClient.connect(gateway.origin);
    client.send('POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc');
    const call = await simulator.waitFor(() => true);

    const leftAt = performance.now();
    client.reset();

    await eventually(() => call.ending === 'aborted');
    expect((call.abortedAt?.monotonicMs ?? Infinity) - leftAt).toBeLessThan(GENEROUS_MS);
  });

  it('with pipelined requests ends all of them', async () => {
    simulator.script('*', { headersAfterMs: 60_000, times: 'forever' });
    const client = await RawClient.connect(gateway.origin);
    client.send(rawPost('/v1/chat/completions', STREAM).repeat(3));
    await eventually(() => simulator.calls().length > 0);
    await wait(20);

    client.reset();

    await eventually(() => simulator.calls().every(({ ending }) => ending === 'aborted'));
  });
});

describe('a client that pipelines', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  afterEach(() => backAtBaseline(gateway));

  it('gets its answers in the order of its requests', async () => {
    simulator.script('slow', { answer: 'first', headersAfterMs: 100 });
    simulator.script('streamed', { answer: 'second' });
    simulator.script('quick', { answer: 'third' });
    const client = await RawClient.connect(gateway.origin);
    const requests = [
      rawPost('/v1/chat/completions', aChatRequest({ model: 'slow' })),
      rawPost('/v1/chat/completions', aChatRequest({ model: 'streamed', stream: true })),
      rawPost('/v1/chat/completions', aChatRequest({ model: 'quick' }), ['Connection: close']),
    ];

    const answers = await client.send(requests.join('')).whenClosed();

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.map(({ headers }) => headers['x-gateway-model'])).toEqual(['slow', 'streamed', 'quick']);
    expect(answers[0]?.body).toContain('first');
    expect(answers[1]?.body).toContain('data: [DONE]');
    expect(answers[2]?.body).toContain('third');
  });

  it('leaves no descriptor behind after a flood of connections that are reset at once', async () => {
    const server = gateway.gateway.app.getHttpServer() as {
      getConnections(done: (error: Error | null, count: number) => void): void;
    };
    const connections = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    await eventually(async () => (await connections()) === 0);

    for (let round = 0; round < 10; round += 1) {
      const clients = await Promise.all(Array.from({ length: 100 }, () => RawClient.connect(gateway.origin)));
      for (const client of clients) client.reset();
    }

    await eventually(async () => (await connections()) === 0);
    const [answer] = await (
      await RawClient.connect(gateway.origin)
    )
      .send(rawPost('/v1/chat/completions', aChatRequest({ model: 'demo' }), ['Connection: close']))
      .whenClosed();
    expect(answer?.status).toBe(200);
  });
});
