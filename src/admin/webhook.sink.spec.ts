import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import type { lookup } from 'node:dns';
import { Logger } from '@nestjs/common';
import { Secret } from '../config/secret.js';
import { WebhookSink, type WebhookOptions } from './webhook.sink.js';

Logger.overrideLogger(false);

const SECRET = 'a-webhook-secret';
const POLICY = { retries: 3, baseDelayMs: 1, maxDelayMs: 1, maxRetryAfterMs: 1 };

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

let server: Server;
let url: string;
let received: Received[];
/** What the next calls are answered with; 200 when nothing is left. */
let statuses: number[];
let sinks: WebhookSink[];

beforeEach(async () => {
  [received, statuses, sinks] = [[], [], []];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, text: Buffer.concat(chunks).toString() });
      const status = statuses.shift() ?? 200;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('thanks');
      server.emit('received');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  for (const sink of sinks) await sink.beforeApplicationShutdown();
  server.close();
});

function aSink(options: WebhookOptions = {}, address = url): WebhookSink {
  const sink = new WebhookSink({ url: address, secret: new Secret(SECRET) }, { policy: POLICY, ...options });
  sinks.push(sink);
  return sink;
}

async function receivedCalls(count: number): Promise<void> {
  while (received.length < count) await once(server, 'received');
}

const typesOf = (): unknown[] => received.map(({ text }) => (JSON.parse(text) as { type: unknown }).type);

it('sends an event signed over the bytes of its body', async () => {
  aSink().emit({ type: 'budget_alert', keyId: 'key_1', percent: 80 });
  await receivedCalls(1);
  const [{ headers, text } = { headers: {}, text: '' }] = received;
  const expected = createHmac('sha256', SECRET).update(text).digest('hex');
  expect(headers['x-gateway-signature']).toBe(`sha256=${expected}`);
  expect(headers['content-type']).toBe('application/json');
  const event = JSON.parse(text) as Record<string, unknown>;
  expect(event).toMatchObject({ type: 'budget_alert', keyId: 'key_1', percent: 80 });
  expect(event.id).toBe(headers['x-gateway-event-id']);
  expect(event.at).toMatch(/^\d{4}-.*Z$/);
});

it('tries again with the same event until it is taken, and keeps the order', async () => {
  statuses = [500, 503, 429, 200];
  const sink = aSink();
  sink.emit({ type: 'one' });
  sink.emit({ type: 'two' });
  await receivedCalls(5);
  expect(typesOf()).toEqual(['one', 'one', 'one', 'one', 'two']);
  expect(new Set(received.slice(0, 4).map(({ text }) => text)).size).toBe(1);
});

it('gives up on what is refused for good, on a redirect, and when the tries are spent', async () => {
  statuses = [410, 302, 500, 500, 500, 500];
  const sink = aSink();
  for (const type of ['gone', 'moved', 'broken', 'fine']) sink.emit({ type });
  await receivedCalls(7);
  expect(typesOf()).toEqual(['gone', 'moved', 'broken', 'broken', 'broken', 'broken', 'fine']);
});

it('never throws and never waits, whatever it is given and wherever it should go', () => {
  const sink = aSink({ maxWaiting: 2 }, 'http://127.0.0.1:9/nobody');
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(() => {
    for (let count = 0; count < 10; count += 1) sink.emit({ type: 'x' });
    sink.emit({ type: 'circular', circular });
    new WebhookSink(undefined).emit({ type: 'x' });
  }).not.toThrow();
});

it('keeps a bounded number of events', async () => {
  const sink = aSink({ maxWaiting: 3 });
  for (const type of ['1', '2', '3', '4', '5']) sink.emit({ type });
  await receivedCalls(3);
  await sink.beforeApplicationShutdown();
  expect(typesOf()).toEqual(['1', '2', '3']);
});

it('refuses a name that leads to a private address', async () => {
  let asked = 0;
  const resolve: LookupFunction = (_, __, done) => {
    asked += 1;
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  const named = url.replace('127.0.0.1', 'hooks.example.com');
  const sink = aSink({ resolve: resolve as typeof lookup }, named);
  sink.emit({ type: 'x' });
  await sink.beforeApplicationShutdown();
  expect([asked, received]).toEqual([1, []]);
});

it('tries once more at the stop instead of waiting', async () => {
  statuses = [500];
  const sink = aSink({ policy: { ...POLICY, baseDelayMs: 3_600_000, maxDelayMs: 3_600_000 } });
  sink.emit({ type: 'x' });
  await receivedCalls(1);
  await sink.beforeApplicationShutdown();
  expect(typesOf()).toEqual(['x', 'x']);
  sink.emit({ type: 'late' });
  expect(typesOf()).toHaveLength(2);
});
