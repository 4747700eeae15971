import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, post, recordOf, type Answer } from './support/clients.js';
import { RawClient, rawPost } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Behaviour, type Simulator } from './support/start-simulator.js';

const KEEPALIVE_MS = 60;
const KEEP_ALIVE = ': keep-alive\n\n';

interface Shape {
  readonly name: string;
  readonly path: string;
  readonly body: object;
  /** How an error looks inside the stream. */
  readonly errorEvent: (code: string) => RegExp;
  /** The last event of a whole stream. */
  readonly lastEvent: string;
}

const error = (fields: string): RegExp => new RegExp(`${fields}\\n\\n$`);

const SHAPES: readonly Shape[] = [
  {
    name: 'chat',
    path: '/chat/completions',
    body: aChatRequest({ stream: true }),
    errorEvent: (code) =>
      error(`\\n\\ndata: \\{"error":\\{.*"message":"[^"]+","type":"[^"]+","param":null,"code":"${code}"\\}\\}`),
    lastEvent: 'data: [DONE]\n\n',
  },
  {
    name: 'completions',
    path: '/completions',
    body: { model: 'gpt-4o', stream: true, prompt: 'The sea' },
    errorEvent: (code) =>
      error(`\\n\\ndata: \\{"error":\\{.*"message":"[^"]+","type":"[^"]+","param":null,"code":"${code}"\\}\\}`),
    lastEvent: 'data: [DONE]\n\n',
  },
  {
    name: 'responses',
    path: '/responses',
    body: { model: 'gpt-4o', stream: true, input: 'Tell me something about the sea.' },
    errorEvent: (code) =>
      error(
        `\\n\\nevent: error\\ndata: \\{"type":"error","code":"${code}","message":"[^"]+","param":null,"sequence_number":\\d+\\}`,
      ),
    lastEvent: 'event: response.completed\n',
  },
  {
    name: 'messages',
    path: '/messages',
    body: { ...aChatRequest({ stream: true, model: 'claude-sonnet-4-20250514' }), max_tokens: 200 },
    errorEvent: () =>
      error(`\\n\\nevent: error\\ndata: \\{"type":"error","error":\\{"type":"[a-z_]+","message":"[^"]+"\\}\\}`),
    lastEvent: 'event: message_stop\n',
  },
];

describe('streams', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  /** Sends comments after a short silence. */
  let talkative: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });
    talkative = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_KEEPALIVE_MS: String(KEEPALIVE_MS),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await talkative.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => Promise.all([backAtBaseline(gateway), backAtBaseline(talkative)]));

  function stream({ path, body }: Shape, behaviour: Behaviour, { url } = gateway): Promise<Answer> {
    simulator.script('*', { times: 'forever', ...behaviour });
    return post(url + path, body);
  }

  async function recordFor(answer: Answer, { origin } = gateway) {
    return recordOf(origin, answer.headers.get('x-request-id') ?? '');
  }

  describe.each(SHAPES.map((shape) => [shape.name, shape] as const))('of %s', (_name, shape) => {
    it('are whole and end as the API ends them', async () => {
      const answer = await stream(shape, { answer: 'The sea is deep.' });

      expect(answer.status).toBe(200);
      expect(answer.text).toContain(shape.lastEvent);
      expect(await recordFor(answer)).toMatchObject({ status: 'ok', usageSource: 'upstream' });
    });

    it('bring an error of the upstream before the first event as an HTTP error', async () => {
      const answer = await stream(shape, {
        streamError: { afterEvents: 0, error: { type: 'invalid_request_error', code: 'bad_thing', message: 'No.' } },
      });

      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.text).toContain('"message":"No."');
      expect(answer.headers.get('x-error-source')).toBe('upstream');
    });

    it('bring a failure after the first event inside, and then close', async () => {
      const answer = await stream(shape, { resetAfterEvents: 3 });

      expect(answer.status).toBe(200);
      expect(answer.text).toMatch(shape.errorEvent('upstream_reset'));
      expect(answer.text).not.toContain(shape.lastEvent);
      expect(await recordFor(answer)).toMatchObject({ status: 'partial', attempts: 1 });
      expect(simulator.calls()).toHaveLength(1);
    });

    it('tell of an early end', async () => {
      const answer = await stream(shape, { omitFinishReason: true, omitDone: true });

      expect(answer.text).toMatch(shape.errorEvent('upstream_stream_truncated'));
      expect(await recordFor(answer)).toMatchObject({ status: 'partial' });
    });

    it('are kept alive by comments while nothing comes, with a status of 200', async () => {
      const answer = await stream(shape, { answer: 'The sea is deep.', headersAfterMs: 3 * KEEPALIVE_MS }, talkative);

      expect(answer.status).toBe(200);
      expect(answer.text.startsWith(KEEP_ALIVE.repeat(2))).toBe(true);
      expect(answer.text).toContain(shape.lastEvent);
      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    });

    it('once kept alive are not retried: the error comes inside', async () => {
      const answer = await stream(shape, { status: 503, headersAfterMs: 2 * KEEPALIVE_MS }, talkative);

      expect(answer.status).toBe(200);
      expect(answer.text.startsWith(KEEP_ALIVE)).toBe(true);
      expect(answer.text).toMatch(/"message":"The simulator was told to answer 503\."/);
      expect(answer.text).not.toContain(shape.lastEvent);
      expect(simulator.calls()).toHaveLength(1);
      expect(await recordFor(answer, talkative)).toMatchObject({ status: 'failed', httpStatus: 200, attempts: 1 });
    });

    it('kept alive in a backoff are not retried', async () => {
      const answer = await stream(shape, { status: 503, retryAfter: { ms: 2 * KEEPALIVE_MS } }, talkative);

      expect(answer.status).toBe(200);
      expect(answer.text.startsWith(KEEP_ALIVE)).toBe(true);
      expect(simulator.calls()).toHaveLength(1);
    });

    it('are kept alive in later gaps too, between events', async () => {
      const answer = await stream(shape, { answer: 'Deep.', eventEveryMs: 1.5 * KEEPALIVE_MS }, talkative);

      expect(answer.text).toContain(`\n\n${KEEP_ALIVE}`);
      expect(answer.text).toContain(shape.lastEvent);
      // Without the comments it is the stream of the upstream.
      expect(answer.text.replaceAll(KEEP_ALIVE, '')).not.toMatch(/^:|\n:/);
    });
  });

  it('of chat without [DONE] get one when the answer was finished', async () => {
    const answer = await stream(SHAPES[0] as Shape, { answer: 'The sea is deep.', omitDone: true });

    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(answer.events().filter((data) => data === '[DONE]')).toHaveLength(1);
  });

  it('show their head and first event before the second is there', async () => {
    simulator.script('*', { answer: 'The sea is deep.', stallAfterEvents: 1 });
    const client = await RawClient.connect(gateway.origin);
    client.send(rawPost('/v1/chat/completions', aChatRequest({ stream: true })));

    const received = await client.until('data: ');

    expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    client.reset();
  });

  it('of the demo model stream without any upstream', async () => {
    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'demo', stream: true }));

    expect(answer.status).toBe(200);
    expect(answer.events().at(-1)).toBe('[DONE]');
    expect(answer.events().length).toBeGreaterThan(5);
    expect(simulator.calls()).toEqual([]);
  });
});
