import { Browser } from './support/browser.js';
import { signIn, visitSignIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';

const SESSION = 'ai_gateway_session';
const STATE = 'ai_gateway_sign_in';

describe('signing in', () => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;
  const others: RunningGateway[] = [];

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway(provider.env);
  });
  afterEach(async () => {
    Object.assign(provider, { denies: false, bendToken: () => undefined, bendAnswer: () => undefined });
    for (const other of others.splice(0)) await other.close();
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function another(env: Readonly<Record<string, string>>): Promise<RunningGateway> {
    const started = await startGateway({ ...provider.env, ...env });
    others.push(started);
    return started;
  }

  /** The callback's address that the provider would send this browser to. */
  async function callbackFor(browser: Browser, query = ''): Promise<URL> {
    const stopAt = (url: URL): boolean => url.pathname === '/auth/callback';
    return (await browser.visit(`${gateway.origin}/auth/google${query}`, { stopAt })).url;
  }

  async function failureOf(browser: Browser, callback: URL | string): Promise<string | null> {
    const visit = await browser.visit(String(callback));
    expect(visit.url.pathname).toBe('/sign-in');
    expect(browser.cookie(SESSION)).toBeUndefined();
    return visit.url.searchParams.get('error');
  }

  it('ends in a signed-in person on the dashboard', async () => {
    const browser = new Browser();
    const visit = await visitSignIn(browser, gateway.origin, provider, ANN);
    expect(visit.url.href).toBe(`${gateway.origin}/`);
    expect(await whoAmI(browser, gateway.origin)).toMatchObject({
      kind: 'person',
      role: 'member',
      id: expect.stringMatching(/^usr_/) as unknown,
      name: 'Ann',
      email: 'ann@example.com',
      signIn: true,
    });
  });

  it('asks with state and PKCE, sends no token in an address, and gives every answer its request id', async () => {
    const browser = new Browser();
    const { trail, headers } = await browser.visit(`${gateway.origin}/auth/google`, { stopAt: () => true });
    const asked = new URL(trail[1] ?? '').searchParams;
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'gateway-client',
      redirect_uri: `${gateway.origin}/auth/callback`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    });
    expect(asked.get('state')).toMatch(/^[\w-]{32}$/);
    await visitSignIn(new Browser(), gateway.origin, provider, ANN);
    expect(provider.asked.filter((path) => /token=|userinfo\?/.test(path))).toEqual([]);
  });

  it('keeps state and verifier in a sealed cookie that lives ten minutes and is gone afterwards', async () => {
    const browser = new Browser();
    const { setCookies } = await visitSignIn(browser, gateway.origin, provider, ANN);
    expect(setCookies[0]).toMatch(/^ai_gateway_sign_in=[\w-]{100,}; Max-Age=600; Path=\/auth; HttpOnly; SameSite=Lax$/);
    expect(setCookies).toContainEqual('ai_gateway_sign_in=; Max-Age=0; Path=/auth; HttpOnly; SameSite=Lax');
    expect(browser.cookie(STATE)).toBeUndefined();
  });

  it('recognises a person by issuer and subject: a new address is the same person, a taken-over address is not', async () => {
    const first = await whoAmI(await signIn(gateway.origin, provider, { ...ANN, sub: '7' }), gateway.origin);
    const renamed = { ...ANN, sub: '7', email: 'ann.new@example.com' };
    const second = await whoAmI(await signIn(gateway.origin, provider, renamed), gateway.origin);
    const taken = await whoAmI(await signIn(gateway.origin, provider, { ...ANN, sub: '8' }), gateway.origin);
    expect(second).toMatchObject({ id: first.id, email: 'ann.new@example.com' });
    expect(taken.id).not.toBe(first.id);
  });

  it('makes one person of two first sign-ins at once', async () => {
    const account = { ...ANN, sub: 'at once' };
    provider.account = account;
    const browsers = Array.from({ length: 6 }, () => new Browser());
    await Promise.all(browsers.map((browser) => browser.visit(`${gateway.origin}/auth/google`)));
    const ids = await Promise.all(browsers.map(async (browser) => (await whoAmI(browser, gateway.origin)).id));
    expect(new Set(ids).size).toBe(1);
  });

  describe('the way back', () => {
    it('leads to the page that was asked for', async () => {
      const visit = await visitSignIn(new Browser(), gateway.origin, provider, ANN, '?next=%2Fusage%3Frange%3D30d');
      expect(visit.url.href).toBe(`${gateway.origin}/usage?range=30d`);
    });

    it.each([
      '//evil.example',
      '/\\evil.example',
      '\\evil.example',
      'https://evil.example',
      '/%09/evil.example',
      '/.//evil.example',
    ])('never leads to another site: %s', async (next) => {
      for (const spelling of [encodeURIComponent(next), encodeURIComponent(encodeURIComponent(next)), next]) {
        const visit = await visitSignIn(new Browser(), gateway.origin, provider, ANN, `?next=${spelling}`);
        expect(visit.url.origin).toBe(gateway.origin);
      }
    });

    it('leads to the dashboard where that has an address of its own', async () => {
      const split = await another({ DASHBOARD_URL: 'http://localhost:5173', GATEWAY_PUBLIC_URL: 'http://127.0.0.1:1' });
      const stopAt = (url: URL): boolean => url.port === '1' || url.port === '5173';
      const browser = new Browser();
      const { url } = await browser.visit(`${split.origin}/auth/google?next=/usage`, { stopAt });
      expect(url.origin).toBe('http://127.0.0.1:1');
      const back = await browser.visit(`${split.origin}${url.pathname}${url.search}`, { stopAt });
      // The redirect URI of the code is the public one; this provider does not compare.
      expect(back.url.href).toBe('http://localhost:5173/usage');
    });

    it('uses the gateway’s own port on this machine, also when the dashboard’s server passes the call on', async () => {
      const { trail } = await new Browser().visit(`${gateway.origin}/auth/google`, {
        headers: { host: 'localhost:5173' },
        stopAt: () => true,
      });
      const port = new URL(gateway.origin).port;
      const redirectUri = new URL(trail[1] ?? '').searchParams.get('redirect_uri');
      // fetch sets Host itself where it may not be chosen: then the address is the one that was called.
      expect([`http://localhost:${port}/auth/callback`, `${gateway.origin}/auth/callback`]).toContain(redirectUri);
    });
  });

  describe('is refused', () => {
    it('without state, with a forged one, and in a browser that did not begin it', async () => {
      const browser = new Browser();
      const callback = await callbackFor(browser);
      const stateless = new URL(callback);
      stateless.searchParams.delete('state');
      expect(await failureOf(new Browser(), stateless)).toBe('state_invalid');
      expect(await failureOf(new Browser(), callback)).toBe('state_invalid');
      const forged = new URL(callback);
      forged.searchParams.set('state', 'A'.repeat(32));
      expect(await failureOf(browser, forged)).toBe('state_invalid');
    });

    it('when the state is used a second time, by a browser that kept the cookie', async () => {
      const browser = new Browser();
      const callback = await callbackFor(browser);
      const sealed = browser.cookie(STATE) ?? '';
      await browser.visit(callback.href);
      const replaying = new Browser();
      replaying.plant(STATE, sealed, '127.0.0.1', '/auth');
      expect(await failureOf(replaying, callback)).toBe('state_invalid');
    });

    it('when the state cookie is forged, or another person’s', async () => {
      const callback = await callbackFor(new Browser());
      const forging = new Browser();
      forging.plant(STATE, Buffer.from('{"handle":"x"}').toString('base64url'), '127.0.0.1', '/auth');
      expect(await failureOf(forging, callback)).toBe('state_invalid');
      const [mine, theirs] = [new Browser(), new Browser()];
      const theirCallback = await callbackFor(theirs);
      await callbackFor(mine);
      expect(await failureOf(mine, theirCallback)).toBe('state_invalid');
    });

    it('when the code was used before', async () => {
      const [first, second] = [new Browser(), new Browser()];
      const used = await callbackFor(first);
      await first.visit(used.href);
      const fresh = await callbackFor(second);
      fresh.searchParams.set('code', used.searchParams.get('code') ?? '');
      expect(await failureOf(second, fresh)).toBe('provider_failed');
    });

    it('when the code belongs to another verifier', async () => {
      const [mine, theirs] = [new Browser(), new Browser()];
      const theirCallback = await callbackFor(theirs);
      const myCallback = await callbackFor(mine);
      myCallback.searchParams.set('code', theirCallback.searchParams.get('code') ?? '');
      expect(await failureOf(mine, myCallback)).toBe('provider_failed');
    });

    it('when the ID token is of another audience', async () => {
      provider.bendToken = ({ payload }) => Object.assign(payload, { aud: 'another-client' });
      expect(await failureOf(new Browser(), `${gateway.origin}/auth/google`)).toBe('provider_failed');
    });

    it.each([false, 'true', undefined])('when the address is not verified: %j', async (verified) => {
      provider.account = { ...ANN, email_verified: verified };
      expect(await failureOf(new Browser(), `${gateway.origin}/auth/google`)).toBe('email_unverified');
    });

    it('when the domain is not allowed', async () => {
      const closed = await another({ AI_GATEWAY_ALLOWED_DOMAINS: 'example.com' });
      provider.account = { ...ANN, email: 'ann@example.com.evil.example' };
      expect(await failureOf(new Browser(), `${closed.origin}/auth/google`)).toBe('domain_not_allowed');
      provider.account = ANN;
      expect((await new Browser().visit(`${closed.origin}/auth/google`)).url.pathname).toBe('/');
    });

    it('when the person says no', async () => {
      provider.denies = true;
      expect(await failureOf(new Browser(), `${gateway.origin}/auth/google`)).toBe('access_denied');
    });

    it.each([
      ['the token endpoint', 'token', 500, { error: 'server_error' }],
      ['the token endpoint, without a token', 'token', 200, { hello: 'there' }],
      ['the user info', 'userinfo', 401, { error: 'invalid_token' }],
      ['the user info, without a person', 'userinfo', 200, {}],
    ] as const)('when the provider fails at %s', async (_, failing, statusCode, body) => {
      provider.bendAnswer = (answer, endpoint) => {
        if (endpoint === failing) Object.assign(answer, { statusCode, body });
      };
      expect(await failureOf(new Browser(), `${gateway.origin}/auth/google`)).toBe('provider_failed');
    });

    it.each(['error=server_error', 'error=temporarily_unavailable', '', 'code=', 'code=a&code=b'])(
      'for a callback that brings %j',
      async (query) => {
        const failure = await failureOf(new Browser(), `${gateway.origin}/auth/callback?${query}`);
        expect(['provider_failed', 'state_invalid']).toContain(failure);
      },
    );

    it('for a disabled person', async () => {
      const admin = { AI_GATEWAY_ADMIN_KEY: 'the-admin-key-of-this-very-test' };
      const guarded = await another(admin);
      const bob = await whoAmI(await signIn(guarded.origin, provider, BOB), guarded.origin);
      await fetch(`${guarded.origin}/api/users/${String(bob.id)}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${admin.AI_GATEWAY_ADMIN_KEY}`, 'content-type': 'application/json' },
        body: '{"disabled":true}',
      });
      provider.account = BOB;
      expect(await failureOf(new Browser(), `${guarded.origin}/auth/google`)).toBe('disabled');
    });
  });

  it('is off without Google’s variables: 404 that says what to set, and nothing else changes', async () => {
    const plain = await startGateway();
    others.push(plain);
    for (const [method, path] of [
      ['GET', '/auth/google'],
      ['GET', '/auth/callback?code=x&state=y'],
      ['POST', '/auth/logout'],
    ] as const) {
      const answer = await fetch(`${plain.origin}${path}`, { method });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('GOOGLE_CLIENT_ID');
    }
    expect(await (await fetch(`${plain.origin}/api/me`)).json()).toMatchObject({ signIn: false });
  });
});
