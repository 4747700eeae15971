import { Browser, type Visit } from './support/browser.js';
import { signIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';

const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const CHAT = { model: 'demo', messages: [{ role: 'user', content: 'Hello' }] };

type Json = Readonly<Record<string, unknown>>;

describe('issued keys', () => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway({ ...provider.env, AI_GATEWAY_ADMIN_KEY: ADMIN_KEY, AI_GATEWAY_ACCESS: 'keys' });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function administer(method: string, path: string, json?: object): Promise<{ status: number; body: Json }> {
    const headers = {
      authorization: `Bearer ${ADMIN_KEY}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await fetch(`${gateway.origin}${path}`, {
      method,
      headers,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
  }

  async function make(settings: object = {}): Promise<{ id: string; key: string }> {
    const { body } = await administer('POST', '/api/keys', { name: 'a key', ...settings });
    return { id: String(body.id), key: String(body.key) };
  }

  async function chat(key: string, model = 'demo'): Promise<string> {
    const answer = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...CHAT, model }),
    });
    if (answer.status === 200) return 'ok';
    const { error } = (await answer.json()) as { error: { code: string } };
    return `${answer.status} ${error.code}`;
  }

  function bodyOf({ text }: Visit): Json {
    return JSON.parse(text) as Json;
  }

  it('are shown once, whole, with everything they were given; afterwards masked', async () => {
    const settings = {
      name: 'Invoice parser',
      models: ['gpt-4o*', 'demo'],
      budgetUsd: 5.000000001,
      budgetPeriod: 'day',
      rpm: 120,
      tpm: 100_000,
      maxParallel: 4,
      expiresAt: '2099-01-31T00:00:00Z',
      tags: { team: 'search' },
    };
    const { status, body } = await administer('POST', '/api/keys', settings);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...settings, expiresAt: '2099-01-31T00:00:00.000Z', disabled: false, owner: null });
    expect(body.key).toMatch(/^gw-[\w-]{40}$/);
    const masked = `gw-…${String(body.key).slice(-4)}`;
    expect((await administer('GET', `/api/keys/${String(body.id)}`)).body).toEqual({ ...body, key: masked });
    const list = await administer('GET', '/api/keys');
    expect(list.body.data).toContainEqual({ ...body, key: masked });
    expect(JSON.stringify(list.body)).not.toContain(body.key);
  });

  it('have no limits and a monthly period when none are given', async () => {
    expect((await administer('POST', '/api/keys', { name: 'plain' })).body).toMatchObject({
      models: null,
      budgetUsd: null,
      budgetPeriod: 'month',
      rpm: null,
      tpm: null,
      maxParallel: null,
      expiresAt: null,
      tags: {},
      lastUsedAt: null,
    });
  });

  it('call, and tell when they were last used', async () => {
    const { id, key } = await make();
    expect(await chat(key)).toBe('ok');
    const { body } = await administer('GET', `/api/keys/${id}`);
    expect(Date.now() - Date.parse(String(body.lastUsedAt))).toBeLessThan(60_000);
  });

  it('put their tags on every call', async () => {
    const { key } = await make({ tags: { team: 'search', env: 'prod' } });
    const answer = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-gateway-tags': 'env=test' },
      body: JSON.stringify(CHAT),
    });
    const { body } = await administer('GET', `/api/requests/${String(answer.headers.get('x-request-id'))}`);
    expect(body.tags).toEqual({ team: 'search', env: 'test' });
  });

  it('cover the models of their globs and no others', async () => {
    const { key } = await make({ models: ['demo', 'gpt-4o*'] });
    expect(await chat(key, 'demo')).toBe('ok');
    expect(await chat(key, 'o3')).toBe('403 model_not_allowed');
  });

  it('change, end and come back with the very next call', async () => {
    const { id, key } = await make();
    const change = (json: object): Promise<{ status: number; body: Json }> =>
      administer('PATCH', `/api/keys/${id}`, json);
    expect((await change({ disabled: true })).body).toMatchObject({ disabled: true });
    expect(await chat(key)).toBe('401 key_disabled');
    await change({ disabled: false, expiresAt: '2020-01-01' });
    expect(await chat(key)).toBe('401 key_expired');
    await change({ expiresAt: null, models: ['gpt-*'] });
    expect(await chat(key)).toBe('403 model_not_allowed');
    expect((await change({ models: null, name: 'renamed' })).body).toMatchObject({ models: null, name: 'renamed' });
    expect(await chat(key)).toBe('ok');
    expect((await administer('DELETE', `/api/keys/${id}`)).status).toBe(204);
    expect(await chat(key)).toBe('401 invalid_api_key');
    expect((await administer('GET', `/api/keys/${id}`)).status).toBe(404);
    expect((await administer('DELETE', `/api/keys/${id}`)).status).toBe(404);
    expect((await administer('PATCH', `/api/keys/${id}`, { name: 'x' })).status).toBe(404);
  });

  it('are rotated: the new one works at once, the old one not at all or for the grace that was asked for', async () => {
    const { id, key } = await make({ rpm: 1_000 });
    const first = (await administer('POST', `/api/keys/${id}/rotate`)).body;
    expect([await chat(key), await chat(String(first.key))]).toEqual(['401 invalid_api_key', 'ok']);
    const second = (await administer('POST', `/api/keys/${id}/rotate`, { graceSeconds: 3_600 })).body;
    expect(second).toMatchObject({ id, rpm: 1_000 });
    expect(Date.parse(String(second.oldKeyExpiresAt)) - Date.now()).toBeGreaterThan(3_500_000);
    expect([await chat(String(first.key)), await chat(String(second.key))]).toEqual(['ok', 'ok']);
    expect((await administer('GET', `/api/keys/${id}`)).body.key).toBe(`gw-…${String(second.key).slice(-4)}`);
    const third = (await administer('POST', `/api/keys/${id}/rotate`)).body;
    expect([await chat(String(first.key)), await chat(String(second.key)), await chat(String(third.key))]).toEqual([
      '401 invalid_api_key',
      '401 invalid_api_key',
      'ok',
    ]);
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ models: [] }, 'models'],
    [{ models: 'gpt-4o' }, 'models'],
    [{ models: [7] }, 'models'],
    [{ budgetUsd: -1 }, 'budgetUsd'],
    [{ budgetUsd: '5' }, 'budgetUsd'],
    [{ budgetUsd: 1e9 }, 'budgetUsd'],
    [{ budgetPeriod: 'year' }, 'budgetPeriod'],
    [{ rpm: 0 }, 'rpm'],
    [{ rpm: 1.5 }, 'rpm'],
    [{ tpm: 0 }, 'tpm'],
    [{ maxParallel: 0 }, 'maxParallel'],
    [{ maxParallel: -1 }, 'maxParallel'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ expiresAt: '2099-01-31T00:00:00' }, 'expiresAt'],
    [{ expiresAt: '2099-13-01T00:00:00Z' }, 'expiresAt'],
    [{ tags: ['a'] }, 'tags'],
    [{ tags: { team: 7 } }, 'tags'],
    [{ budget: 5 }, 'budget'],
    [{ id: 'key_mine' }, 'id'],
    [{ disabled: true }, 'disabled'],
  ])('are refused as %j', async (settings, param) => {
    const name = Object.keys(settings).length === 0 || 'name' in settings ? {} : { name: 'fine' };
    const { status, body } = await administer('POST', '/api/keys', { ...name, ...settings });
    expect([status, body]).toMatchObject([
      400,
      { error: { type: 'invalid_request_error', code: 'invalid_parameter', param } },
    ]);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'limit=', 'cursor=nonsense', 'page=2'])(
    'are not listed with ?%s',
    async (query) => {
      const { status, body } = await administer('GET', `/api/keys?${query}`);
      expect([status, body]).toMatchObject([400, { error: { code: 'invalid_parameter', param: query.split('=')[0] } }]);
    },
  );

  it('are listed in pages that nothing inserted shifts', async () => {
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.unshift((await make({ name: `page ${index}` })).id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await administer('GET', `/api/keys?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...(body.data as { id: string }[]).map(({ id }) => id));
      cursor = body.nextCursor as string | null;
      if (seen.length === 3) await make({ name: 'meanwhile' });
    } while (cursor !== null && seen.length < 9);
    expect(seen.slice(0, 7)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });

  describe('of people', () => {
    it('are theirs alone: another person’s is not there, for reading and for writing', async () => {
      const [ann, bob] = [await signIn(gateway.origin, provider, ANN), await signIn(gateway.origin, provider, BOB)];
      const made = bodyOf(await ann.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'script' } }));
      const { id: annId } = await whoAmI(ann, gateway.origin);
      expect(made).toMatchObject({ owner: 'ann@example.com', userId: annId });
      expect(await chat(String(made.key))).toBe('ok');
      const path = `/api/keys/${String(made.id)}`;
      for (const [method, where, json] of [
        ['GET', path, undefined],
        ['PATCH', path, { disabled: true }],
        ['POST', `${path}/rotate`, {}],
        ['DELETE', path, undefined],
      ] as const) {
        expect([method, (await bob.fetch(gateway.origin, where, { method, json })).status]).toEqual([method, 404]);
      }
      expect(bodyOf(await bob.fetch(gateway.origin, '/api/keys')).data).toEqual([]);
      expect((bodyOf(await ann.fetch(gateway.origin, '/api/keys')).data as unknown[]).length).toBeGreaterThan(0);
      expect((await ann.fetch(gateway.origin, path, { method: 'DELETE' })).status).toBe(204);
    });

    it('cannot be given limits, or to somebody else, by anybody but an administrator', async () => {
      const ann = await signIn(gateway.origin, provider, ANN);
      for (const extra of [{ rpm: 100_000 }, { tpm: 1 }, { maxParallel: 9 }, { owner: 'bob@example.com' }]) {
        const answer = await ann.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'x', ...extra } });
        expect([answer.status, bodyOf(answer)]).toMatchObject([403, { error: { code: 'admin_only' } }]);
      }
    });

    it('that an administrator made for them can be seen and not changed', async () => {
      const ann = await signIn(gateway.origin, provider, ANN);
      const { id } = await make({ owner: 'ann@example.com', budgetUsd: 1 });
      expect((await ann.fetch(gateway.origin, `/api/keys/${id}`)).status).toBe(200);
      const raised = await ann.fetch(gateway.origin, `/api/keys/${id}`, {
        method: 'PATCH',
        json: { budgetUsd: 1_000 },
      });
      expect([raised.status, bodyOf(raised)]).toMatchObject([403, { error: { code: 'admin_only' } }]);
    });

    it('show their own row to the key itself, and nothing else', async () => {
      const [one, other] = [await make(), await make()];
      const headers = { authorization: `Bearer ${one.key}` };
      const list = (await (await fetch(`${gateway.origin}/api/keys`, { headers })).json()) as {
        data: { id: string }[];
      };
      expect(list.data.map(({ id }) => id)).toEqual([one.id]);
      expect((await fetch(`${gateway.origin}/api/keys/${one.id}`, { headers })).status).toBe(200);
      expect((await fetch(`${gateway.origin}/api/keys/${other.id}`, { headers })).status).toBe(404);
      expect((await fetch(`${gateway.origin}/api/keys/${one.id}`, { method: 'DELETE', headers })).status).toBe(403);
      expect(await (await fetch(`${gateway.origin}/api/me`, { headers })).json()).toMatchObject({
        kind: 'key',
        keyId: one.id,
        key: `gw-…${one.key.slice(-4)}`,
      });
    });
  });

  it('are the only ones that open /v1 in the access mode keys, beside sessions', async () => {
    expect(await chat('sk-own-upstream-key')).toBe('401 invalid_api_key');
    expect(await chat(ADMIN_KEY)).toBe('401 invalid_api_key');
    const nobody = await fetch(`${gateway.url}/models`);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const person = await signIn(gateway.origin, provider, ANN);
    expect((await person.fetch(gateway.origin, '/v1/chat/completions', { method: 'POST', json: CHAT })).status).toBe(
      200,
    );
    expect(
      (await new Browser().fetch(gateway.origin, '/v1/chat/completions', { method: 'POST', json: CHAT })).status,
    ).toBe(401);
  });
});
