import { LedgerWriter } from '../src/storage/ledger-writer.js';
import { CallsInFlight } from '../src/http/calls-in-flight.js';
import { aChatRequest, get, post } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator } from './support/start-simulator.js';

interface HealthBody {
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string; readonly message?: string }>>;
}

describe('health', () => {
  let gateway: RunningGateway;

  beforeEach(async () => {
    gateway = await startGateway({
      AI_GATEWAY_ACCESS: 'keys',
      AI_GATEWAY_ADMIN_KEY: 'the-admin-key-of-this-very-test',
    });
  });
  afterEach(() => gateway.close());

  /** The store as if it were in that state; the writer itself is tested beside its source. */
  function pretend(state: 'locked' | 'broken', detail: string): void {
    Object.defineProperty(gateway.gateway.app.get(LedgerWriter), 'health', { get: () => ({ state, detail }) });
  }

  async function statuses(): Promise<number[]> {
    const paths = ['/health', '/health/live', '/health/ready'];
    return Promise.all(paths.map(async (path) => (await get(`${gateway.origin}${path}`)).status));
  }

  it('is open to everybody and says that all is well', async () => {
    const answer = await get(`${gateway.origin}/health`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptimeSeconds: expect.any(Number),
      access: 'keys',
      details: { storage: { status: 'ok', kind: 'in-memory' }, traffic: { status: 'ok' } },
    });
    expect(await statuses()).toEqual([200, 200, 200]);
  });

  it('is well while the store is locked, and says so', async () => {
    pretend('locked', 'another process holds the lock; rows wait');
    expect(await statuses()).toEqual([200, 200, 200]);
    const { details } = (await get(`${gateway.origin}/health`)).json<HealthBody & Record<string, unknown>>();
    expect(details.storage).toMatchObject({ status: 'locked', message: 'another process holds the lock; rows wait' });
  });

  it('is 503 with the reason while the store is broken, and lives', async () => {
    pretend('broken', 'SQLITE_FULL: database or disk is full');
    expect(await statuses()).toEqual([503, 200, 503]);
    const { status, details } = (await get(`${gateway.origin}/health`)).json<HealthBody & Record<string, unknown>>();
    expect(status).toBe('error');
    expect(details.storage).toMatchObject({ status: 'broken', message: 'SQLITE_FULL: database or disk is full' });
  });

  it('answers HEAD like GET, without a body', async () => {
    const answer = await fetch(`${gateway.origin}/health`, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

it('is not ready from the first moment of a stop, while a running call ends in peace', async () => {
  const simulator = await startSimulator();
  simulator.script('*', { firstEventAfterMs: 0, stallAfterEvents: 2 });
  const gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_DRAIN_MS: '60000' });
  const call = await fetch(`${gateway.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(aChatRequest({ stream: true })),
  });
  let hurry: () => void = () => undefined;
  const stopped = gateway.gateway.stop(new Promise((resolve) => (hurry = resolve)));
  expect(gateway.gateway.app.get(CallsInFlight).isDraining).toBe(true);
  const ready = await get(`${gateway.origin}/health/ready`);
  expect([ready.status, ready.json()]).toEqual([503, { status: 'shutting_down' }]);
  const health = await get(`${gateway.origin}/health`);
  expect([health.status, health.json<{ status: string }>().status]).toEqual([503, 'shutting_down']);
  expect((await get(`${gateway.origin}/health/live`)).status).toBe(200);
  const refused = await post(`${gateway.url}/chat/completions`, aChatRequest());
  expect([refused.status, refused.json<{ error: { code: string } }>().error.code]).toEqual([503, 'shutting_down']);
  hurry();
  await call.text();
  await stopped;
  await simulator.close();
});
