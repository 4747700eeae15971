import { createHash, randomBytes } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, eventually, post, recordOf } from './support/clients.js';
import { RawClient, rawPost } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const MB = 1_048_576;
const MAX_BUFFERED_BYTES = 262_144;
const STALL_MS = 400;
const EVENT_BYTES = 32_768;

/** A stream of this many bytes; each event is far smaller than what may be buffered. */
function bigStream(bytes: number): string[] {
  const content = 'x'.repeat(EVENT_BYTES);
  const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
  const last = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`;
  return [...Array<string>(Math.ceil(bytes / event.length)).fill(event), last, 'data: [DONE]\n\n'];
}

describe('large bodies and slow readers', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  let responses: ServerResponse[] = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway(
      { AI_GATEWAY_UPSTREAM: simulator.url },
      { patience: { bodySilenceMs: 30_000, readerStallMs: STALL_MS } },
    );
    const server = gateway.gateway.app.getHttpServer() as Server;
    server.prependListener('request', (_request, response) => responses.push(response));
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => {
    simulator.reset();
    responses = [];
  });
  afterEach(() => backAtBaseline(gateway));

  /** Starts a call and takes nothing of its answer. */
  async function callWithoutReading(body: object, id: string): Promise<RawClient> {
    const client = await RawClient.connect(gateway.origin);
    client.socket.pause();
    client.send(rawPost('/v1/chat/completions', body, [`X-Request-Id: ${id}`]));
    return client;
  }

  function bufferedBytes(): number {
    return Math.max(0, ...responses.map((response) => response.writableLength));
  }

  it('passes a request of 20 MB on, byte for byte', async () => {
    simulator.script('*', { answer: 'Fine.' });
    const body = Buffer.from(JSON.stringify(aChatRequest({ user: randomBytes(10 * MB).toString('hex') })));

    const answer = await post(`${gateway.url}/chat/completions`, body);

    expect(answer.status).toBe(200);
    expect(simulator.calls()[0]?.bodySha256).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it('passes a buffered answer of 20 MB on, byte for byte', async () => {
    const content = randomBytes(10 * MB).toString('hex');
    const bytes = Buffer.from(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }));
    simulator.script('*', { bytes });

    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest());

    expect(answer.status).toBe(200);
    expect(Buffer.from(answer.text).equals(bytes)).toBe(true);
  });

  it('passes a stream of 20 MB on, byte for byte', async () => {
    const sse = bigStream(20 * MB);
    simulator.script('*', { sse });

    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }));

    expect(answer.text === sse.join('')).toBe(true);
  });

  it('slows the upstream down for a reader that takes nothing, and ends the stream when it stays so', async () => {
    const sse = bigStream(40 * MB);
    simulator.script('*', { sse });
    const client = await callWithoutReading(aChatRequest({ stream: true }), 'never-reads-a-stream');
    const call = await simulator.waitFor(({ bytesSent }) => bytesSent > 0);

    let mostBuffered = 0;
    await eventually(() => {
      mostBuffered = Math.max(mostBuffered, bufferedBytes());
      return call.ending !== 'open';
    });

    expect(call.ending).toBe('aborted');
    expect(mostBuffered).toBeGreaterThan(0);
    expect(mostBuffered).toBeLessThanOrEqual(MAX_BUFFERED_BYTES);
    expect(call.bytesSent).toBeLessThan(30 * MB);
    const record = await eventually(() => recordOf(gateway.origin, 'never-reads-a-stream').catch(() => undefined));
    expect(record).toMatchObject({ status: 'aborted', usageSource: 'estimated' });
    expect(record.outputTokens).toBeGreaterThan(0);
    client.socket.destroy();
  });

  it('lets a slow reader have everything, however long it takes', async () => {
    const sse = bigStream(12 * MB);
    simulator.script('*', { sse });
    const client = await callWithoutReading(aChatRequest({ stream: true }), 'reads-slowly');

    const startedAt = performance.now();
    let received = 0;
    client.socket.on('data', (chunk: Buffer) => (received += chunk.length));
    while (!client.received.endsWith('0\r\n\r\n') && !client.hasClosed) {
      client.socket.resume();
      await wait(1);
      client.socket.pause();
      await wait(performance.now() - startedAt < 3 * STALL_MS ? STALL_MS / 4 : 1);
    }

    expect(received).toBeGreaterThan(12 * MB);
    expect(client.received).toContain('data: [DONE]');
    expect((await recordOf(gateway.origin, 'reads-slowly')).status).toBe('ok');
    client.socket.destroy();
  });

  it('does not keep the rest of a large answer for a reader that never takes it', async () => {
    const content = 'x'.repeat(20 * MB);
    simulator.script('*', { json: { choices: [{ index: 0, message: { role: 'assistant', content } }] } });
    const client = await callWithoutReading(aChatRequest(), 'never-reads-an-answer');

    await eventually(() => bufferedBytes() > 0);
    await eventually(() => responses.every(({ destroyed }) => destroyed));

    client.socket.destroy();
  });
});
