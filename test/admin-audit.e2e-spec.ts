import { signIn } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';

const ADMIN_KEY = 'the-admin-key-of-this-very-test';

type Json = Readonly<Record<string, unknown>>;

describe('the audit trail', () => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway({
      ...provider.env,
      AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
      AI_GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function administer(method: string, path: string, json?: object): Promise<{ status: number; body: Json }> {
    const answer = await fetch(`${gateway.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        'x-forwarded-for': '203.0.113.7',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
  }

  async function trail(query = ''): Promise<Json[]> {
    const { status, body } = await administer('GET', `/api/audit${query}`);
    expect(status).toBe(200);
    return body.data as Json[];
  }

  it('has an entry for every administrative write: who, when, from where, what, to what and the change', async () => {
    const made = (await administer('POST', '/api/keys', { name: 'audited', budgetUsd: 5, tags: { team: 'a' } })).body;
    const id = String(made.id);
    await administer('PATCH', `/api/keys/${id}`, { rpm: 7, disabled: true });
    const rotated = (await administer('POST', `/api/keys/${id}/rotate`, { graceSeconds: 60 })).body;
    await administer('DELETE', `/api/keys/${id}`);
    await administer('PUT', '/api/prices/a-model', { input: 1, output: 2 });
    await administer('POST', '/api/prices/a-model/reprice');
    await administer('DELETE', '/api/prices/a-model');
    await signIn(gateway.origin, provider, ANN);
    const [person] = (await administer('GET', '/api/users')).body.data as { id: string }[];
    await administer('PATCH', `/api/users/${person?.id}`, { budgetUsd: 20 });
    await administer('PATCH', `/api/users/${person?.id}`, { disabled: true });
    await administer('PATCH', `/api/users/${person?.id}`, { disabled: false });

    const entries = (await trail()).toReversed();
    expect(entries.map(({ action, target, change }) => [action, target, change])).toEqual([
      ['key.create', id, { name: 'audited', budgetUsd: 5, tags: { team: 'a' } }],
      ['key.update', id, { rpm: 7, disabled: true }],
      ['key.rotate', id, { graceSeconds: 60 }],
      ['key.delete', id, null],
      ['price.set', 'a-model', { input: 1, output: 2 }],
      ['price.reprice', 'a-model', { repriced: 0, costUsd: 0 }],
      ['price.remove', 'a-model', null],
      ['user.update', person?.id, { budgetUsd: 20 }],
      ['user.disable', person?.id, { disabled: true }],
      ['user.enable', person?.id, { disabled: false }],
    ]);
    for (const { actor, ip, at } of entries) {
      expect([actor, ip]).toEqual(['admin key', '203.0.113.7']);
      expect(Math.abs(Date.now() - Date.parse(String(at)))).toBeLessThan(60_000);
    }
    const text = JSON.stringify(entries);
    for (const secret of [made.key, rotated.key, ADMIN_KEY]) expect(text).not.toContain(secret);
  });

  it('says who read whose text, before it is shown', async () => {
    const answer = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk-somebody-elses-own-key' },
      body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'private words' }] }),
    });
    await answer.text();
    const requestId = answer.headers.get('x-request-id') ?? '';
    await administer('GET', '/api/prompt-log');
    expect(await trail('?action=prompt.read')).toEqual([]);
    const { body } = await administer('GET', `/api/requests/${requestId}`);
    expect(body.promptPreview).toContain('private words');
    expect(await trail('?action=prompt.read')).toMatchObject([
      { actor: 'admin key', target: requestId, change: { keyId: body.keyId }, ip: '203.0.113.7' },
    ]);
  });

  it('leaves no entry for what was refused', async () => {
    const before = await trail();
    await administer('POST', '/api/keys', { name: '' });
    await administer('DELETE', '/api/keys/key_nothing');
    await administer('PUT', '/api/prices/x', { input: 'much' });
    await administer('DELETE', '/api/prices/x');
    expect(await trail()).toEqual(before);
  });

  it('is filtered and read page by page, stable under new entries', async () => {
    for (let count = 0; count < 5; count += 1)
      await administer('PUT', `/api/prices/m${count}`, { input: 1, output: 1 });
    const whole = await trail('?action=price.set&limit=1000');
    const paged: Json[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await administer('GET', `/api/audit?action=price.set&limit=2${cursor}`);
      paged.push(...(body.data as Json[]));
      await administer('PUT', '/api/prices/meanwhile', { input: 1, output: 1 });
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor as string}`;
    }
    expect(paged).toEqual(whole);
    expect(await trail('?target=m3')).toHaveLength(1);
    expect(await trail('?actor=nobody')).toEqual([]);
    expect(await trail('?actor=admin%20key&to=2020-01-01')).toEqual([]);
    const all = await trail('?from=2020-01-01T00:00:00Z&limit=1000');
    expect(all.length).toBeGreaterThan(paged.length);
  });

  it.each(['limit=0', 'cursor=rubbish', 'from=yesterday', 'who=me'])('refuses %s', async (query) => {
    const { status, body } = await administer('GET', `/api/audit?${query}`);
    expect([status, (body.error as Json).param]).toEqual([400, query.split('=')[0]]);
  });

  it('is for administrators', async () => {
    expect((await fetch(`${gateway.origin}/api/audit`)).status).toBe(401);
    const key = { authorization: 'Bearer sk-somebody-elses-own-key' };
    expect((await fetch(`${gateway.origin}/api/audit`, { headers: key })).status).toBe(403);
  });
});
