import type { Server } from 'node:http';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, eventually, post } from './support/clients.js';
import { RawClient, rawPost, sendRaw, type RawAnswer } from './support/raw-client.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const MAX_BODY_BYTES = 65_536;
const SILENCE_MS = 300;
const HEAD = 'POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const UPLOAD_HEAD = 'POST /v1/files HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n';
const CHUNK = `1000\r\n${'a'.repeat(0x1000)}\r\n`;

function expectRefusal(answers: readonly RawAnswer[], status: number, code: string): void {
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatchObject({
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', connection: 'close' },
  });
  expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ error: { type: 'invalid_request_error', code } });
}

describe('sizes and times of requests', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway(
      { AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_MAX_BODY_BYTES: String(MAX_BODY_BYTES) },
      { patience: { bodySilenceMs: SILENCE_MS, readerStallMs: 60_000 } },
    );
    (gateway.gateway.app.getHttpServer() as Server).headersTimeout = SILENCE_MS;
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  /** Sends a piece again and again until the gateway has closed the connection. */
  async function sendWithoutEnd(head: string, piece: string): Promise<{ answers: RawAnswer[]; sentBytes: number }> {
    const client = await RawClient.connect(gateway.origin);
    client.send(head);
    let sentBytes = 0;
    while (!client.hasClosed && !client.received.includes('\r\n\r\n')) {
      client.send(piece);
      sentBytes += piece.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { answers: await client.whenClosed(), sentBytes };
  }

  it('refuses a body whose content-length is over the limit before it is sent', async () => {
    expectRefusal(
      await sendRaw(gateway.origin, `${HEAD}Content-Length: ${MAX_BODY_BYTES + 1}\r\n\r\n{`),
      413,
      'payload_too_large',
    );
    expect(simulator.calls()).toEqual([]);
  });

  it('refuses a content-length of 1 TB', async () => {
    expectRefusal(
      await sendRaw(gateway.origin, `${HEAD}Content-Length: 1099511627776\r\n\r\n{`),
      413,
      'payload_too_large',
    );
  });

  it('refuses a content-length of 1 TB on the raw road', async () => {
    expectRefusal(
      await sendRaw(gateway.origin, `${UPLOAD_HEAD}Content-Length: 1099511627776\r\n\r\n{`),
      413,
      'payload_too_large',
    );
    expect(simulator.calls()).toEqual([]);
  });

  it('refuses a chunked body without end as soon as it is over the limit', async () => {
    const { answers, sentBytes } = await sendWithoutEnd(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, CHUNK);

    expectRefusal(answers, 413, 'payload_too_large');
    expect(sentBytes).toBeLessThan(20 * MAX_BODY_BYTES);
    expect(simulator.calls()).toEqual([]);
  });

  it('ends a chunked upload without end on the raw road, and the upstream call with it', async () => {
    const { answers } = await sendWithoutEnd(`${UPLOAD_HEAD}Transfer-Encoding: chunked\r\n\r\n`, CHUNK);

    expectRefusal(answers, 413, 'payload_too_large');
    await eventually(() => simulator.calls().every(({ ending }) => ending === 'aborted'));
  });

  it('takes a body of exactly the limit', async () => {
    const empty = JSON.stringify(aChatRequest({ user: '' }));
    const body = aChatRequest({ user: 'a'.repeat(MAX_BODY_BYTES - empty.length) });
    simulator.script('*', { answer: 'Fine.' });

    const answer = await post(`${gateway.url}/chat/completions`, body);

    expect(answer.status).toBe(200);
    expect(simulator.calls()[0]?.body).toHaveLength(MAX_BODY_BYTES);
  });

  it('answers 408 when no byte of the body comes', async () => {
    expectRefusal(await sendRaw(gateway.origin, `${HEAD}Content-Length: 100\r\n\r\n{"model":`), 408, 'request_timeout');
  });

  it('answers 408 when no byte of an upload comes, and ends the upstream call', async () => {
    expectRefusal(
      await sendRaw(gateway.origin, `${UPLOAD_HEAD}Content-Length: 100\r\n\r\nabc`),
      408,
      'request_timeout',
    );
    await eventually(() => simulator.calls().every(({ ending }) => ending === 'aborted'));
  });

  it('answers 408 when the headers never become whole', async () => {
    expectRefusal(await sendRaw(gateway.origin, HEAD), 408, 'request_timeout');
  });

  it('answers 408 to headers that come byte by byte for ever', async () => {
    const client = await RawClient.connect(gateway.origin);
    client.send(`${HEAD}X-Slow: `);
    const drip = setInterval(() => client.send('a'), 20);
    const answers = await client.whenClosed();
    clearInterval(drip);

    expectRefusal(answers, 408, 'request_timeout');
  });

  it('takes a body that comes byte by byte, as long as it comes', async () => {
    simulator.script('*', { answer: 'Fine.' });
    const client = await RawClient.connect(gateway.origin);
    const text = rawPost('/v1/chat/completions', { model: 'gpt-4o', messages: [] }, ['Connection: close']);
    for (const byte of text) {
      client.send(byte);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const [answer] = await client.whenClosed();

    expect(answer?.status).toBe(200);
  });
});
