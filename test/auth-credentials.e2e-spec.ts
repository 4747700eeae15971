import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Visit } from './support/browser.js';
import { signIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const KEY = 'sk-ann-provider-key-4711';
const GATEWAY_KEY = 'sk-the-gateways-own-key';
const OLD_SECRET = 'an old secret of more than 32 bytes!';
const NEW_SECRET = 'a new secret of more than 32 bytes!!';

describe('saved credentials', () => {
  let provider: IdentityProvider;
  let upstream: Simulator;
  let local: Simulator;
  let gateway: RunningGateway;
  let ann: Browser;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    upstream = await startSimulator();
    local = await startSimulator();
    gateway = await startGateway(env());
    ann = await signIn(gateway.origin, provider, ANN);
  });
  afterEach(async () => {
    for (const { provider: name } of await rows(ann)) await remove(ann, name);
    upstream.reset();
    local.reset();
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([provider.close(), upstream.close(), local.close()]);
  });

  function env(): Record<string, string> {
    return {
      ...provider.env,
      AI_GATEWAY_UPSTREAM: upstream.url,
      AI_GATEWAY_API_KEY: GATEWAY_KEY,
      AI_GATEWAY_ALLOWED_BASE_URLS: `${local.url},https://allowed.example/v1`,
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
    };
  }

  function save(browser: Browser, json: object, origin = gateway.origin): Promise<Visit> {
    return browser.fetch(origin, '/api/me/credentials', { method: 'PUT', json });
  }

  async function rows(browser: Browser, origin = gateway.origin): Promise<readonly { provider: string }[]> {
    const { text } = await browser.fetch(origin, '/api/me/credentials');
    return (JSON.parse(text) as { data: { provider: string }[] }).data;
  }

  function remove(browser: Browser, name: string): Promise<Visit> {
    return browser.fetch(gateway.origin, `/api/me/credentials/${name}`, { method: 'DELETE' });
  }

  function chat(browser: Browser, model: string, origin = gateway.origin): Promise<Visit> {
    const json = { model, messages: [{ role: 'user', content: 'Hello' }] };
    return browser.fetch(origin, '/v1/chat/completions', { method: 'POST', json });
  }

  async function tried(
    browser: Browser,
    name: string,
    origin = gateway.origin,
  ): Promise<{ ok: boolean; message: string }> {
    const { text } = await browser.fetch(origin, `/api/me/credentials/${name}/test`, { method: 'POST' });
    return JSON.parse(text) as { ok: boolean; message: string };
  }

  function keysSeenBy(simulator: Simulator): readonly unknown[] {
    return simulator.calls().map(({ headers }) => headers.authorization);
  }

  it('are used for a signed-in person’s calls without a key, and shown on the usage page', async () => {
    await chat(ann, 'gpt-4o');
    await save(ann, { provider: 'default', apiKey: KEY, model: 'gpt-4o' });
    expect((await chat(ann, 'gpt-4o')).status).toBe(200);
    await remove(ann, 'default');
    await chat(ann, 'gpt-4o');
    expect(keysSeenBy(upstream)).toEqual([`Bearer ${GATEWAY_KEY}`, `Bearer ${KEY}`, `Bearer ${GATEWAY_KEY}`]);
    const usage = await ann.fetch(gateway.origin, '/api/me/usage');
    expect(JSON.parse(usage.text)).toMatchObject({ data: [{ model: 'gpt-4o', requests: 3 }] });
  });

  it('give way to a key that comes with the call', async () => {
    await save(ann, { provider: 'default', apiKey: KEY });
    const json = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] };
    await ann.fetch(gateway.origin, '/v1/chat/completions', {
      method: 'POST',
      json,
      headers: { authorization: 'Bearer sk-explicit' },
    });
    expect(keysSeenBy(upstream)).toEqual(['Bearer sk-explicit']);
  });

  it('are listed without the key, which no answer ever holds', async () => {
    const saved = await save(ann, { provider: 'default', apiKey: KEY, model: 'gpt-4o', isDefault: true });
    const row = { provider: 'default', baseUrl: upstream.url, model: 'gpt-4o', last4: '4711', isDefault: true };
    expect([saved.status, JSON.parse(saved.text)]).toEqual([200, row]);
    expect(await rows(ann)).toEqual([row]);
    const told = [
      saved.text,
      (await ann.fetch(gateway.origin, '/api/me')).text,
      (await ann.fetch(gateway.origin, '/api/me/credentials')).text,
    ];
    expect(told.join()).not.toContain(KEY);
  });

  it('reach an allowed base URL under a name of the person’s own, and ids without a route by default', async () => {
    await save(ann, { provider: 'mine', baseUrl: `${local.url}/`, apiKey: KEY, isDefault: true });
    expect((await chat(ann, 'mine/llama3:8b')).status).toBe(200);
    expect((await chat(ann, 'some-model')).status).toBe(200);
    expect(local.calls().map(({ model, headers }) => [model, headers.authorization])).toEqual([
      ['llama3:8b', `Bearer ${KEY}`],
      ['some-model', `Bearer ${KEY}`],
    ]);
    expect(upstream.calls()).toHaveLength(0);
  });

  it('never send the gateway’s own key to an address of a person', async () => {
    await save(ann, { provider: 'mine', baseUrl: local.url });
    await chat(ann, 'mine/llama3:8b');
    expect(keysSeenBy(local)).toEqual([undefined]);
  });

  it('have one default at most', async () => {
    await save(ann, { provider: 'default', apiKey: KEY, isDefault: true });
    await save(ann, { provider: 'mine', baseUrl: local.url, isDefault: true });
    expect(await rows(ann)).toMatchObject([
      { provider: 'default', isDefault: false },
      { provider: 'mine', isDefault: true },
    ]);
  });

  it('drop the key with a new base URL, and keep it with any other change', async () => {
    await save(ann, { provider: 'mine', baseUrl: local.url, apiKey: KEY });
    await save(ann, { provider: 'mine', model: 'other' });
    expect(await rows(ann)).toMatchObject([{ last4: '4711', model: 'other' }]);
    const moved = await save(ann, { provider: 'mine', baseUrl: 'https://allowed.example/v1' });
    expect([moved.status, JSON.parse(moved.text)]).toMatchObject([200, { last4: null, model: 'other' }]);
    await save(ann, { provider: 'mine', baseUrl: local.url });
    await chat(ann, 'mine/llama3:8b');
    expect(keysSeenBy(local)).toEqual([undefined]);
  });

  it('are gone after they are deleted: 204, then 404', async () => {
    await save(ann, { provider: 'default', apiKey: KEY });
    expect([(await remove(ann, 'default')).status, (await remove(ann, 'default')).status]).toEqual([204, 404]);
  });

  it.each([
    [{ provider: 'default', baseUrl: 'https://evil.example/v1', apiKey: KEY }, 'baseUrl'],
    [{ provider: 'mine', apiKey: KEY }, 'baseUrl'],
    [{ provider: 'demo', baseUrl: 'https://allowed.example/v1' }, 'provider'],
    [{ provider: 'Mine!', baseUrl: 'https://allowed.example/v1' }, 'provider'],
    [{ provider: 'default', apiKey: 'gw-a-key-of-the-gateway' }, 'apiKey'],
    [{ provider: 'default', apiKey: 'two words' }, 'apiKey'],
    [{ provider: 'default', apiKey: null }, 'apiKey'],
    [{ provider: 'default', key: KEY }, 'key'],
    [{ provider: 'default', isDefault: 'yes' }, 'isDefault'],
    [{ apiKey: KEY }, 'provider'],
  ])('are refused as %j', async (json, param) => {
    const answer = await save(ann, json);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      400,
      { error: { code: 'invalid_parameter', param } },
    ]);
    expect(answer.text).not.toContain(KEY);
  });

  it.each([
    'http://127.0.0.1:1/v1',
    'http://localhost/v1',
    'http://2130706433/v1',
    'http://0x7f.1/v1',
    'http://[::1]/v1',
    'http://[::ffff:127.0.0.1]/v1',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00:ec2::254]/v1',
    'http://10.0.0.1/v1',
    'http://192.168.1.1/v1',
    'https://metadata.google.internal/v1',
    'https://allowed.example@evil.example/v1',
    'https://allowed.example.evil.example/v1',
    'https://allowed.example/v1/../../admin',
    'https://allowed.example:8443/v1',
    'http://allowed.example/v1',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
  ])('never lead to an address that no administrator has written down: %s', async (baseUrl) => {
    expect((await save(ann, { provider: 'mine', baseUrl, apiKey: KEY })).status).toBe(400);
    expect((await chat(ann, 'mine/model')).headers.get('x-gateway-upstream')).toBe('default');
  });

  it('stop being used when the administrator takes their base URL off the list', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-credentials-'));
    const kept = { ...env(), DATABASE_PATH: join(folder, 'gateway.db') };
    const before = await startGateway(kept);
    const browser = await signIn(before.origin, provider, ANN);
    await save(browser, { provider: 'mine', baseUrl: local.url, apiKey: KEY, isDefault: true }, before.origin);
    await before.close();
    const after = await startGateway({ ...kept, AI_GATEWAY_ALLOWED_BASE_URLS: '' });
    await chat(browser, 'some-model', after.origin);
    expect([local.calls().length, keysSeenBy(upstream)]).toEqual([0, [`Bearer ${GATEWAY_KEY}`]]);
    await after.close();
    rmSync(folder, { recursive: true });
  });

  describe('can be tried', () => {
    it('and say that they are good', async () => {
      await save(ann, { provider: 'default', apiKey: KEY });
      expect(await tried(ann, 'default')).toMatchObject({
        ok: true,
        message: expect.stringContaining('accepts this key') as unknown,
      });
      expect(keysSeenBy(upstream)).toEqual([`Bearer ${KEY}`]);
    });

    it.each([
      [401, {}, 'does not accept this key'],
      [404, {}, 'no list of models'],
      [429, {}, 'over its limit'],
      [500, {}, 'status 500'],
      [302, { location: 'http://169.254.169.254/' }, 'redirect'],
      [200, { body: '<html>' }, 'no list of models'],
    ])(
      'and say plainly what is wrong: %d',
      async (status, { location, body }: { location?: string; body?: string }, words) => {
        const odd = createServer((_request, response) => {
          response.writeHead(status, location === undefined ? {} : { location }).end(body ?? '{}');
        });
        await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
        const baseUrl = `http://127.0.0.1:${(odd.address() as AddressInfo).port}/v1`;
        const own = await startGateway({ ...provider.env, AI_GATEWAY_ALLOWED_BASE_URLS: baseUrl });
        const browser = await signIn(own.origin, provider, ANN);
        await save(browser, { provider: 'odd', baseUrl, apiKey: KEY }, own.origin);
        const result = await tried(browser, 'odd', own.origin);
        expect(result).toMatchObject({ ok: false, message: expect.stringContaining(words) as unknown });
        expect(result.message).not.toContain(KEY);
        await own.close();
        odd.close();
      },
    );

    it('and say that nobody listens, or that nothing is saved', async () => {
      const gone = await startSimulator();
      const own = await startGateway({ ...provider.env, AI_GATEWAY_ALLOWED_BASE_URLS: gone.url });
      const browser = await signIn(own.origin, provider, ANN);
      await save(browser, { provider: 'gone', baseUrl: gone.url, apiKey: KEY }, own.origin);
      await gone.close();
      expect(await tried(browser, 'gone', own.origin)).toMatchObject({
        ok: false,
        message: expect.stringContaining('nothing listens') as unknown,
      });
      expect((await browser.fetch(own.origin, '/api/me/credentials/other/test', { method: 'POST' })).status).toBe(404);
      await own.close();
    });
  });

  it('are for people only: a key and the admin key have none', async () => {
    const headers = { authorization: 'Bearer sk-some-upstream-key' };
    const answer = await fetch(`${gateway.origin}/api/me/credentials`, { headers });
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { type: 'permission_error' } }]);
    expect(
      (await fetch(`${gateway.origin}/api/me/credentials`, { headers: { 'x-forwarded-for': '1.1.1.1' } })).status,
    ).toBe(401);
  });

  it('are unreadable in a copy of the database, which holds no other secret either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-credentials-'));
    const file = join(folder, 'gateway.db');
    const own = await startGateway({ ...env(), DATABASE_PATH: file });
    const browser = await signIn(own.origin, provider, ANN);
    await save(browser, { provider: 'default', apiKey: KEY }, own.origin);
    const made = await browser.fetch(own.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
    const { key } = JSON.parse(made.text) as { key: string };
    await chat(browser, 'gpt-4o', own.origin);
    await fetch(`${own.url}/models`, { headers: { authorization: 'Bearer sk-clients-own-key-9876' } });
    const session = browser.cookie('ai_gateway_session') ?? '';
    await own.close();
    for (const name of readdirSync(folder).filter((one) => !one.endsWith('.secret'))) {
      copyFileSync(join(folder, name), join(folder, `${name}.copy`));
      const bytes = readFileSync(join(folder, `${name}.copy`));
      for (const secret of [KEY, key, session, 'sk-clients-own-key-9876', GATEWAY_KEY, 'gateway-client-secret']) {
        for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
          expect([name, form, bytes.includes(form)]).toEqual([name, form, false]);
        }
      }
    }
    rmSync(folder, { recursive: true });
  });

  it('outlive a change of the secret with the old one on the list, are renewed on use, and then need only the new', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-credentials-'));
    const kept = {
      ...env(),
      DATABASE_PATH: join(folder, 'gateway.db'),
      JWT_SECRET: 'a session secret of more than 32 bytes',
    };
    const stages = [
      { AI_GATEWAY_SECRET: OLD_SECRET },
      { AI_GATEWAY_SECRET: NEW_SECRET, AI_GATEWAY_SECRET_PREVIOUS: OLD_SECRET },
      { AI_GATEWAY_SECRET: NEW_SECRET },
      { AI_GATEWAY_SECRET: OLD_SECRET },
    ];
    let browser: Browser | undefined;
    let key = '';
    for (const stage of stages) {
      const own = await startGateway({ ...kept, ...stage });
      if (!browser) {
        browser = await signIn(own.origin, provider, ANN);
        await save(browser, { provider: 'default', apiKey: KEY }, own.origin);
        const made = await browser.fetch(own.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
        ({ key } = JSON.parse(made.text) as { key: string });
      }
      await chat(browser, 'gpt-4o', own.origin);
      await fetch(`${own.url}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'gpt-4o', messages: [] }),
      });
      await own.close();
    }
    // With the secret gone, neither the credential nor the key is known any more, and nobody is let in instead.
    expect(keysSeenBy(upstream)).toEqual([
      ...Array.from({ length: 6 }, () => `Bearer ${KEY}`),
      `Bearer ${GATEWAY_KEY}`,
    ]);
    rmSync(folder, { recursive: true });
  });

  it('go with the person’s data, and so do keys, sessions, texts, name and address', async () => {
    const bob = await signIn(gateway.origin, provider, BOB);
    const { id } = await whoAmI(bob, gateway.origin);
    await save(bob, { provider: 'default', apiKey: KEY });
    const made = await bob.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
    const { key } = JSON.parse(made.text) as { key: string };
    const requestId = String((await chat(bob, 'gpt-4o')).headers.get('x-request-id'));
    const kept = bob.cookie('ai_gateway_session') ?? '';
    expect((await bob.fetch(gateway.origin, '/api/me/data', { method: 'DELETE' })).status).toBe(204);
    bob.plant('ai_gateway_session', kept);
    expect(await whoAmI(bob, gateway.origin)).toMatchObject({ kind: 'anonymous' });
    const withKey = await fetch(`${gateway.url}/models`, { headers: { authorization: `Bearer ${key}` } });
    expect(withKey.status).toBe(401);
    const again = await signIn(gateway.origin, provider, BOB);
    expect(await whoAmI(again, gateway.origin)).toMatchObject({ id, email: 'bob@example.com' });
    expect(await rows(again)).toEqual([]);
    const row = JSON.parse((await again.fetch(gateway.origin, `/api/requests/${requestId}`)).text) as object;
    expect(row).toMatchObject({
      keyId: id,
      promptPreview: null,
      responsePreview: null,
    });
  });
});
