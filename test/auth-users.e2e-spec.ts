import { signIn, whoAmI } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';
import type { Browser } from './support/browser.js';

type Json = Readonly<Record<string, unknown>>;

describe('administering people', () => {
  let provider: IdentityProvider;
  let gateway: RunningGateway;
  let ann: Browser;
  let admin: Browser;
  let annId: string;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    gateway = await startGateway({ ...provider.env, AI_GATEWAY_ADMIN_EMAILS: 'bob@example.com' });
    ann = await signIn(gateway.origin, provider, ANN);
    admin = await signIn(gateway.origin, provider, BOB);
    annId = String((await whoAmI(ann, gateway.origin)).id);
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function administer(method: string, path: string, json?: object): Promise<{ status: number; body: Json }> {
    const { status, text } = await admin.fetch(gateway.origin, path, { method, json });
    return { status, body: JSON.parse(text) as Json };
  }

  it('lists who has signed in, with role and keys, newest first, in pages', async () => {
    await ann.fetch(gateway.origin, '/api/keys', { method: 'POST', json: { name: 'script' } });
    const first = (await administer('GET', '/api/users?limit=1')).body;
    const second = (await administer('GET', `/api/users?limit=1&cursor=${String(first.nextCursor)}`)).body;
    expect(second.nextCursor).toBeNull();
    const rows = [first, second].flatMap(({ data }) => data as Json[]);
    expect(rows).toHaveLength(2);
    expect(rows.find(({ id }) => id === annId)).toEqual({
      id: annId,
      name: 'Ann',
      email: 'ann@example.com',
      role: 'member',
      spentMonthUsd: 0,
      budgetUsd: null,
      budgetPeriod: null,
      spentUsd: null,
      resetsAt: null,
      keys: 1,
      lastSeenAt: expect.stringMatching(/Z$/) as unknown,
      disabled: false,
    });
    expect(rows.find(({ id }) => id !== annId)).toMatchObject({ email: 'bob@example.com', role: 'admin', keys: 0 });
  });

  it('gives a person a budget, which the person sees, and takes it back', async () => {
    const path = `/api/users/${annId}`;
    expect((await administer('PATCH', path, { budgetUsd: 20 })).body).toMatchObject({
      budgetUsd: 20,
      budgetPeriod: 'month',
      spentUsd: 0,
      resetsAt: expect.stringMatching(/-01T00:00:00.000Z$/) as unknown,
    });
    expect(await whoAmI(ann, gateway.origin)).toMatchObject({
      limits: { budgetUsd: 20, budgetPeriod: 'month', spentUsd: 0 },
    });
    expect((await administer('PATCH', path, { budgetUsd: 0, budgetPeriod: 'day' })).body).toMatchObject({
      budgetUsd: 0,
      budgetPeriod: 'day',
    });
    expect((await administer('PATCH', path, { budgetUsd: null })).body).toMatchObject({
      budgetUsd: null,
      spentUsd: null,
    });
  });

  it.each([
    [{ disabled: 'yes' }, 'disabled'],
    [{ budgetUsd: -1 }, 'budgetUsd'],
    [{ role: 'admin' }, 'role'],
    [{ email: 'evil@example.com' }, 'email'],
  ])('refuses %j', async (json, param) => {
    const answer = await administer('PATCH', `/api/users/${annId}`, json);
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'invalid_parameter', param } }]);
  });

  it('says 404 for somebody who is not there', async () => {
    expect((await administer('GET', '/api/users/usr_nobody')).status).toBe(404);
    expect((await administer('PATCH', '/api/users/usr_nobody', { disabled: true })).status).toBe(404);
  });

  it('is nobody’s business but administrators’, and ends with the list in the configuration', async () => {
    const answer = await ann.fetch(gateway.origin, '/api/users');
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { error: { code: 'admin_only' } }]);
    expect(await whoAmI(ann, gateway.origin)).toMatchObject({ role: 'member' });
    expect(await whoAmI(admin, gateway.origin)).toMatchObject({ role: 'admin' });
  });
});
