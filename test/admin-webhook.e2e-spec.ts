import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const SECRET = 'the-webhook-secret-of-this-test';

type Json = Readonly<Record<string, unknown>>;

describe('the webhook', () => {
  let simulator: Simulator;
  let receiver: Server;
  let gateway: RunningGateway;
  const received: { readonly signature: unknown; readonly text: string }[] = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          signature: request.headers['x-gateway-signature'],
          text: Buffer.concat(chunks).toString(),
        });
        response.writeHead(204).end();
        receiver.emit('received');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/ai`,
      AI_GATEWAY_WEBHOOK_SECRET: SECRET,
      AI_GATEWAY_PRICES: '{"house": {"input": 1000, "output": 1000}}',
    });
  });
  afterAll(async () => {
    await gateway.close();
    receiver.closeAllConnections();
    receiver.close();
    await simulator.close();
  });

  async function post(path: string, json: object, key?: string): Promise<Json> {
    const answer = await fetch(`${gateway.origin}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(json),
    });
    return (await answer.json()) as Json;
  }

  it('is told, signed, when a key has spent its budget', async () => {
    const { id, key } = await post('/api/keys', { name: 'small', budgetUsd: 0.000001, budgetPeriod: 'day' });
    await post(
      '/v1/chat/completions',
      { model: 'house', messages: [{ role: 'user', content: 'Hello' }] },
      key as string,
    );
    while (received.length === 0) await once(receiver, 'received');
    const [{ signature, text } = { signature: '', text: '' }] = received;
    expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(text).digest('hex')}`);
    expect(JSON.parse(text)).toMatchObject({ type: 'budget_alert', keyId: id, percent: 100, budgetPeriod: 'day' });
    expect(text).not.toContain(key);
  });
});
