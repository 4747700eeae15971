import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { SessionEntity } from '../src/storage/entities/session.entity.js';
import { Browser } from './support/browser.js';
import { signIn, visitSignIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';

const SESSION = 'ai_gateway_session';
const JWT_SECRET = 'a session secret of more than 32 bytes';
const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const CHAT = { model: 'demo', messages: [{ role: 'user', content: 'Hello' }] };

describe('a session', () => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;
  const others: RunningGateway[] = [];

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway({ ...provider.env, JWT_SECRET, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY });
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function kindOf(browser: Browser, origin = gateway.origin): Promise<unknown> {
    return (await whoAmI(browser, origin)).kind;
  }

  async function chatStatus(browser: Browser, origin = gateway.origin): Promise<number> {
    return (await browser.fetch(origin, '/v1/chat/completions', { method: 'POST', json: CHAT })).status;
  }

  function administer(path: string, json: unknown): Promise<Response> {
    return fetch(`${gateway.origin}${path}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
  }

  it('is a cookie that scripts cannot read, sent to this site only, for twelve hours', async () => {
    const { setCookies } = await visitSignIn(new Browser(), gateway.origin, provider, ANN);
    expect(setCookies.at(-1)).toMatch(
      /^ai_gateway_session=[\w-]+\.[\w-]+\.[\w-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('has a __Host- cookie over https, and takes no other', async () => {
    const secure = await startGateway({ ...provider.env, GATEWAY_PUBLIC_URL: 'https://ai.example.com' });
    others.push(secure);
    const stopAt = (url: URL): boolean => url.hostname === 'ai.example.com';
    const browser = new Browser();
    provider.account = ANN;
    const { url } = await browser.visit(`${secure.origin}/auth/google`, { stopAt });
    const back = await browser.visit(`${secure.origin}${url.pathname}${url.search}`, { stopAt });
    expect(back.url.href).toBe('https://ai.example.com/');
    expect(back.setCookies.at(-1)).toMatch(
      /^__Host-ai_gateway_session=\S+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await kindOf(browser, secure.origin)).toBe('person');
    const tossed = new Browser();
    tossed.plant(SESSION, browser.cookie(`__Host-${SESSION}`) ?? '');
    expect(await kindOf(tossed, secure.origin)).not.toBe('person');
  });

  it('chats without a key, accounted under the person', async () => {
    const browser = await signIn(gateway.origin, provider, ANN);
    const { id } = await whoAmI(browser, gateway.origin);
    const { status, headers } = await browser.fetch(gateway.origin, '/v1/chat/completions', {
      method: 'POST',
      json: CHAT,
    });
    expect(status).toBe(200);
    const path = `/api/requests/${String(headers.get('x-request-id'))}`;
    expect(JSON.parse((await browser.fetch(gateway.origin, path)).text)).toMatchObject({ keyId: id, userId: id });
    const other = await signIn(gateway.origin, provider, BOB);
    expect((await other.fetch(gateway.origin, path)).status).toBe(404);
  });

  it('gives way to an explicit key', async () => {
    const browser = await signIn(gateway.origin, provider, ANN);
    const me = await browser.fetch(gateway.origin, '/api/me', { headers: { authorization: 'Bearer sk-own-key-1234' } });
    expect(JSON.parse(me.text)).toMatchObject({ kind: 'key', key: '…1234' });
  });

  it('ends with logout, for whoever still has its cookie, and leaves the person’s other sessions', async () => {
    const [browser, laptop] = [
      await signIn(gateway.origin, provider, ANN),
      await signIn(gateway.origin, provider, ANN),
    ];
    const kept = browser.cookie(SESSION) ?? '';
    const { status, setCookies } = await browser.fetch(gateway.origin, '/auth/logout', { method: 'POST' });
    expect([status, browser.cookie(SESSION)]).toEqual([204, undefined]);
    expect(setCookies).toEqual(['ai_gateway_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    const thief = new Browser();
    thief.plant(SESSION, kept);
    expect(await chatStatus(thief)).toBe(401);
    thief.plant(SESSION, kept);
    expect(await kindOf(thief)).toBe('anonymous');
    expect(await kindOf(laptop)).toBe('person');
  });

  it('ends everywhere when that is asked', async () => {
    const browsers = [await signIn(gateway.origin, provider, ANN), await signIn(gateway.origin, provider, ANN)];
    const stranger = await signIn(gateway.origin, provider, BOB);
    await browsers[0]?.fetch(gateway.origin, '/auth/logout', { method: 'POST', json: { everywhere: true } });
    expect(await Promise.all(browsers.map((browser) => kindOf(browser)))).toEqual(['anonymous', 'anonymous']);
    expect(await kindOf(stranger)).toBe('person');
  });

  it('takes no unknown field at logout, and answers a second logout alike', async () => {
    const browser = await signIn(gateway.origin, provider, ANN);
    const logout = (json?: unknown): Promise<{ status: number; text: string }> =>
      browser.fetch(gateway.origin, '/auth/logout', { method: 'POST', ...(json === undefined ? {} : { json }) });
    expect(JSON.parse((await logout({ everwhere: true })).text)).toMatchObject({ error: { param: 'everwhere' } });
    expect((await logout({})).status).toBe(204);
    expect((await logout()).status).toBe(204);
  });

  it('ends at once when an administrator switches the person off, and so do the person’s keys', async () => {
    const browser = await signIn(gateway.origin, provider, BOB);
    const { id } = await whoAmI(browser, gateway.origin);
    const made = await browser.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
    const { key } = JSON.parse(made.text) as { key: string };
    const withKey = async (): Promise<string> => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await fetch(`${gateway.url}/chat/completions`, {
        method: 'POST',
        headers,
        body: JSON.stringify(CHAT),
      });
      return answer.status === 200 ? 'ok' : ((await answer.json()) as { error: { code: string } }).error.code;
    };
    expect([await chatStatus(browser), await withKey()]).toEqual([200, 'ok']);
    const kept = browser.cookie(SESSION) ?? '';
    expect((await administer(`/api/users/${String(id)}`, { disabled: true })).status).toBe(200);
    expect([await chatStatus(browser), await withKey()]).toEqual([401, 'key_disabled']);
    await administer(`/api/users/${String(id)}`, { disabled: false });
    browser.plant(SESSION, kept);
    expect([await chatStatus(browser), await withKey()]).toEqual([401, 'ok']);
  });

  it('is a new one at every sign-in: nobody can prepare one for somebody else', async () => {
    const attacker = await signIn(gateway.origin, provider, BOB);
    const prepared = attacker.cookie(SESSION) ?? '';
    const victim = new Browser();
    victim.plant(SESSION, prepared);
    await visitSignIn(victim, gateway.origin, provider, ANN);
    expect(victim.cookie(SESSION)).not.toBe(prepared);
    expect(await whoAmI(victim, gateway.origin)).toMatchObject({ email: 'ann@example.com' });
    // The session that lay in the browser before has ended, so the attacker reads along in neither.
    expect(await kindOf(attacker)).toBe('anonymous');
  });

  describe('is not made by a token that', () => {
    async function bent(
      change: (header: Record<string, unknown>, payload: Record<string, unknown>) => void,
      key?: string,
    ): Promise<number> {
      const browser = await signIn(gateway.origin, provider, ANN);
      const [head = '', body = ''] = (browser.cookie(SESSION) ?? '').split('.');
      const [header, payload] = [head, body].map(
        (part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>,
      ) as [Record<string, unknown>, Record<string, unknown>];
      change(header, payload);
      const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      const signature = key === undefined ? '' : createHmac('sha256', key).update(text).digest('base64url');
      browser.plant(SESSION, `${text}.${signature}`);
      return (await browser.fetch(gateway.origin, '/api/me/credentials')).status;
    }

    it('is well signed and unchanged: then it is one', async () => {
      expect(await bent(() => undefined, JWT_SECRET)).toBe(200);
    });

    it('has the algorithm none', async () => {
      expect(await bent((header) => (header.alg = 'none'))).toBe(401);
    });

    it('is signed with another key', async () => {
      expect(await bent(() => undefined, 'another secret of more than 32 bytes!')).toBe(401);
    });

    it('names another person, even well signed', async () => {
      const bob = await whoAmI(await signIn(gateway.origin, provider, BOB), gateway.origin);
      expect(await bent((_, payload) => (payload.sub = bob.id), JWT_SECRET)).toBe(401);
    });

    it('names a session that there is not', async () => {
      expect(await bent((_, payload) => (payload.jti = 'ses_made_up'), JWT_SECRET)).toBe(401);
    });

    it('was made for another service, or has expired', async () => {
      expect(await bent((_, payload) => (payload.aud = 'elsewhere'), JWT_SECRET)).toBe(401);
      expect(await bent((_, payload) => (payload.exp = 1), JWT_SECRET)).toBe(401);
    });
  });

  describe('does not let a foreign page', () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

    it.each([
      ['PUT', '/api/me/credentials', { provider: 'openai', apiKey: 'sk-planted-key' }],
      ['POST', '/api/keys', { name: 'planted' }],
      ['DELETE', '/api/me/data', undefined],
      ['POST', '/auth/logout', {}],
      ['POST', '/v1/chat/completions', CHAT],
    ])('%s %s', async (method, path, json) => {
      const browser = await signIn(gateway.origin, provider, ANN);
      for (const headers of [foreign, { origin: 'null', 'sec-fetch-site': 'cross-site' }, { origin: '' }]) {
        const answer = await browser.visit(`${gateway.origin}${path}`, { method, json, headers });
        expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
          403,
          { error: { code: 'cross_site_refused' } },
        ]);
      }
      expect(await kindOf(browser)).toBe('person');
    });

    it('read anything: no answer names its origin as allowed', async () => {
      const browser = await signIn(gateway.origin, provider, ANN);
      const answer = await browser.visit(`${gateway.origin}/api/me`, { headers: foreign });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  it('lives on while it is used: an older token is replaced, a young one is not', async () => {
    const browser = await signIn(gateway.origin, provider, ANN);
    const young = browser.cookie(SESSION) ?? '';
    expect((await browser.fetch(gateway.origin, '/api/me')).setCookies).toEqual([]);
    const [head = '', body = ''] = young.split('.');
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as { iat: number; exp: number };
    const older = { ...payload, iat: payload.iat - 3_600, exp: payload.exp - 3_600 };
    const text = `${head}.${Buffer.from(JSON.stringify(older)).toString('base64url')}`;
    browser.plant(SESSION, `${text}.${createHmac('sha256', JWT_SECRET).update(text).digest('base64url')}`);
    const { setCookies } = await browser.fetch(gateway.origin, '/api/me/credentials');
    expect(setCookies).toEqual([expect.stringMatching(/^ai_gateway_session=\S+; Max-Age=43200;/)]);
    expect(await kindOf(browser)).toBe('person');
  });

  it('is neither good nor bad while the store cannot be read: 503, and the cookie stays', async () => {
    const broken = await startGateway({ ...provider.env, JWT_SECRET });
    others.push(broken);
    const browser = await signIn(broken.origin, provider, ANN);
    broken.gateway.app.get(DataSource).getRepository(SessionEntity).findOneBy = () => Promise.reject(new Error('disk'));
    const answer = await browser.fetch(broken.origin, '/v1/chat/completions', { method: 'POST', json: CHAT });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([503, { error: { code: 'storage_unavailable' } }]);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(browser.cookie(SESSION)).toBeDefined();
  });

  it('outlives a restart with the same settings and a database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-sessions-'));
    const env = { ...provider.env, DATABASE_PATH: join(folder, 'gateway.db') };
    const before = await startGateway(env);
    const browser = await signIn(before.origin, provider, ANN);
    const { id } = await whoAmI(browser, before.origin);
    await before.close();
    const after = await startGateway(env);
    expect(await whoAmI(browser, after.origin)).toMatchObject({ kind: 'person', id });
    await after.close();
    rmSync(folder, { recursive: true });
  });

  it('is none where sign-in has been switched off since: the cookie is ignored', async () => {
    const plain = await startGateway({ JWT_SECRET, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY });
    others.push(plain);
    const browser = await signIn(gateway.origin, provider, ANN);
    expect(await kindOf(browser, plain.origin)).toBe('anonymous');
    expect(await chatStatus(browser, plain.origin)).toBe(200);
  });
});
