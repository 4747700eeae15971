import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Browser, type Visit } from './support/browser.js';
import { signIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const SESSION = 'ai_gateway_session';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the set-up of the README', () => {
  it('ends in a person whose saved key is used and whose usage shows it, still signed in after a restart', async () => {
    const [provider, upstream, port] = [await startIdentityProvider(), await startSimulator(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'gateway-readme-'));
    const env = {
      GOOGLE_CLIENT_ID: 'gateway-client',
      GOOGLE_CLIENT_SECRET: 'gateway-client-secret',
      GOOGLE_AUTHORIZATION_URL: `${provider.origin}/authorize`,
      GOOGLE_TOKEN_URL: `${provider.origin}/token`,
      GOOGLE_USERINFO_URL: `${provider.origin}/userinfo`,
      JWT_SECRET: 'a session secret of more than 32 bytes',
      PORT: String(port),
      DASHBOARD_URL: `http://localhost:${port}`,
      GATEWAY_PUBLIC_URL: `http://localhost:${port}`,
      DATABASE_PATH: join(folder, 'gateway.db'),
      AI_GATEWAY_UPSTREAM: upstream.url,
    };
    const origin = `http://localhost:${port}`;
    const first = await startGateway(env);
    const browser = await signIn(origin, provider, ANN);
    expect(provider.asked[0]).toContain(encodeURIComponent(`${origin}/auth/callback`));
    const json = { provider: 'default', apiKey: 'sk-anns-saved-key', model: 'gpt-4o' };
    expect((await browser.fetch(origin, '/api/me/credentials', { method: 'PUT', json })).status).toBe(200);
    const call = { method: 'POST', json: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] } };
    expect((await browser.fetch(origin, '/v1/chat/completions', call)).status).toBe(200);
    await first.close();

    const second = await startGateway(env);
    expect(await whoAmI(browser, origin)).toMatchObject({ kind: 'person', email: 'ann@example.com' });
    expect((await browser.fetch(origin, '/v1/chat/completions', call)).status).toBe(200);
    expect(upstream.calls().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer sk-anns-saved-key',
      'Bearer sk-anns-saved-key',
    ]);
    const usage = JSON.parse((await browser.fetch(origin, '/api/me/usage')).text) as { data: object[] };
    expect(usage.data).toMatchObject([{ model: 'gpt-4o', requests: 2 }]);
    await second.close();
    await Promise.all([provider.close(), upstream.close()]);
    rmSync(folder, { recursive: true });
  });
});

/** What one of the two may do next. */
const STEPS = [
  'save key',
  'delete key',
  'chat',
  'make gw key',
  'chat by gw key',
  'delete gw key',
  'sign out and in',
  'look',
] as const;
type Step = (typeof STEPS)[number];

/** What must be true of a person, kept beside what the gateway says. */
class Person {
  browser = new Browser();
  id = '';
  saved: string | undefined;
  readonly keys: { readonly id: string; readonly key: string }[] = [];
  readonly calls: string[] = [];
  private count = 0;

  constructor(
    readonly name: string,
    private readonly origin: string,
    private readonly provider: IdentityProvider,
    private readonly upstream: Simulator,
  ) {}

  async arrive(): Promise<void> {
    this.browser = await signIn(this.origin, this.provider, this.account);
    const { id } = await whoAmI(this.browser, this.origin);
    expect(this.id === '' || this.id === id).toBe(true);
    this.id = String(id);
  }

  async take(step: Step): Promise<void> {
    this.count += 1;
    switch (step) {
      case 'save key':
        this.saved = `sk-${this.name}-${this.count}-secret`;
        return this.expectStatus(200, 'PUT', '/api/me/credentials', { provider: 'default', apiKey: this.saved });
      case 'delete key':
        await this.expectStatus(this.saved === undefined ? 404 : 204, 'DELETE', '/api/me/credentials/default');
        this.saved = undefined;
        return;
      case 'chat':
        return this.chat({});
      case 'make gw key': {
        const made = await this.fetch('POST', '/api/keys', { name: `${this.name} ${this.count}` });
        this.keys.unshift(JSON.parse(made.text) as { id: string; key: string });
        return;
      }
      case 'chat by gw key':
        return this.keys[0] ? this.chat({ authorization: `Bearer ${this.keys[0].key}` }) : undefined;
      case 'delete gw key': {
        const gone = this.keys.shift();
        return gone && this.expectStatus(204, 'DELETE', `/api/keys/${gone.id}`);
      }
      case 'sign out and in': {
        const kept = this.browser.cookie(SESSION) ?? '';
        await this.expectStatus(204, 'POST', '/auth/logout');
        const thief = new Browser();
        thief.plant(SESSION, kept);
        expect((await thief.fetch(this.origin, '/api/me/credentials')).status).toBe(401);
        return this.arrive();
      }
      case 'look':
        return this.look();
    }
  }

  /** Everything that this person can read is their own, and all of it. */
  async look(): Promise<void> {
    const credentials = await this.list('/api/me/credentials');
    expect(credentials.map(({ last4 }) => last4)).toEqual(this.saved === undefined ? [] : [this.saved.slice(-4)]);
    const keys = await this.list('/api/keys');
    expect(new Set(keys.map(({ id }) => id))).toEqual(new Set(this.keys.map(({ id }) => id)));
    const log = await this.list('/api/prompt-log?limit=1000');
    expect(log).toHaveLength(this.calls.length);
    expect(new Set(log.map(({ requestId }) => requestId))).toEqual(new Set(this.calls));
    for (const { userId } of log) expect(userId).toBe(this.id);
    const usage = await this.list('/api/me/usage');
    expect(usage.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(this.calls.length);
  }

  /** Nothing of the other one is there for this person. */
  async spyOn(other: Person): Promise<void> {
    for (const id of other.calls) await this.expectStatus(404, 'GET', `/api/requests/${id}`);
    for (const { id } of other.keys) {
      await this.expectStatus(404, 'GET', `/api/keys/${id}`);
      await this.expectStatus(404, 'DELETE', `/api/keys/${id}`);
      await this.expectStatus(404, 'POST', `/api/keys/${id}/rotate`, {});
      await this.expectStatus(404, 'GET', `/api/costs/${id}`);
    }
    await this.expectStatus(404, 'GET', `/api/costs/${other.id}`);
    await this.expectStatus(403, 'GET', `/api/users/${other.id}`);
    expect(await this.list(`/api/prompt-log?key=${other.id}`)).toEqual([]);
  }

  private get account(): { sub: string; email: string; email_verified: true } {
    return { sub: this.name, email: `${this.name}@example.com`, email_verified: true };
  }

  private async chat(headers: Readonly<Record<string, string>>): Promise<void> {
    const model = `model-${this.name}-${this.count}`;
    const json = { model, messages: [{ role: 'user', content: `secret of ${this.name}` }] };
    const { status, headers: answer } = await this.browser.fetch(this.origin, '/v1/chat/completions', {
      method: 'POST',
      json,
      headers,
    });
    expect(status).toBe(200);
    this.calls.push(String(answer.get('x-request-id')));
    const [seen] = this.upstream.calls((call) => call.model === model);
    expect(seen?.headers.authorization).toBe(`Bearer ${this.saved ?? 'sk-gateway'}`);
  }

  private fetch(method: string, path: string, json?: object): Promise<Visit> {
    return this.browser.fetch(this.origin, path, { method, json });
  }

  private async expectStatus(status: number, method: string, path: string, json?: object): Promise<void> {
    expect([method, path, (await this.fetch(method, path, json)).status]).toEqual([method, path, status]);
  }

  private async list(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (JSON.parse((await this.fetch('GET', path)).text) as { data: Record<string, unknown>[] }).data;
  }
}

describe('two people at once', () => {
  let provider: IdentityProvider;
  let upstream: Simulator;
  let gateway: RunningGateway;
  let pairs = 0;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    upstream = await startSimulator();
    gateway = await startGateway({
      ...provider.env,
      AI_GATEWAY_UPSTREAM: upstream.url,
      AI_GATEWAY_API_KEY: 'sk-gateway',
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([provider.close(), upstream.close()]);
  });

  it('never see, use or pay for each other’s anything, in whatever order they act', async () => {
    const steps = fc.array(fc.constantFrom(...STEPS), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, steps, fc.scheduler(), async (annSteps, bobSteps, scheduler) => {
        pairs += 1;
        const [ann, bob] = ['ann', 'bob'].map(
          (name) => new Person(`${name}${pairs}`, gateway.origin, provider, upstream),
        ) as [Person, Person];
        await ann.arrive();
        await bob.arrive();
        const act = async (person: Person, todo: readonly Step[]): Promise<void> => {
          for (const step of todo) {
            await scheduler.schedule(Promise.resolve(), `${person.name}: ${step}`);
            await person.take(step);
          }
        };
        const acting = Promise.all([act(ann, annSteps), act(bob, bobSteps)]);
        await scheduler.waitFor(acting);
        await Promise.all([ann.look(), bob.look()]);
        await ann.spyOn(bob);
        await bob.spyOn(ann);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
