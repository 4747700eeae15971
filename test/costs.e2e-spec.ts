import { Global, Module } from '@nestjs/common';
import { LogStream } from '../src/observability/log-stream.js';
import type { Browser } from './support/browser.js';
import { aChatRequest, get, post, type Answer } from './support/clients.js';
import { signIn } from './support/sign-in.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { ANN, BOB, startIdentityProvider, type IdentityProvider } from './support/start-identity-provider.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const CLIENT_KEY = 'sk-a-clients-very-own-key';
const PRICES = { 'cheap-*': { input: 1, output: 2 }, dear: { input: 100, output: 200 } };

type Json = Record<string, unknown>;
interface List {
  readonly data: readonly Json[];
  readonly nextCursor: string | null;
  readonly total?: Json;
}

let simulator: Simulator;
let provider: IdentityProvider;
let gateway: RunningGateway;
let searchKey: { id: string; key: string };
let annsKey: { id: string; key: string };
let ann: Browser;
let bob: Browser;
const lines: string[] = [];

@Global()
@Module({
  providers: [{ provide: LogStream, useValue: { write: (line: string) => void lines.push(line) } }],
  exports: [LogStream],
})
class CapturedLog {}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const read = (path: string, key = ADMIN_KEY): Promise<Answer> => get(gateway.origin + path, bearer(key));
const list = async (path: string, key = ADMIN_KEY): Promise<List> => (await read(path, key)).json<never>();
const readAs = async (browser: Browser, path: string): Promise<{ status: number; body: never }> => {
  const { status, text } = await browser.fetch(gateway.origin, path);
  return { status, body: JSON.parse(text) as never };
};
const chat = async (
  key: string | undefined,
  more: Json = {},
  headers: Record<string, string> = {},
): Promise<string> => {
  const answer = await post(`${gateway.url}/chat/completions`, aChatRequest(more), {
    headers: { ...(key === undefined ? {} : bearer(key)), ...headers },
  });
  return answer.headers.get('x-request-id') ?? '';
};
const chatAs = async (browser: Browser, more: Json): Promise<string> => {
  const { headers } = await browser.fetch(gateway.origin, '/v1/chat/completions', {
    method: 'POST',
    json: aChatRequest(more),
  });
  return headers.get('x-request-id') ?? '';
};
async function makeKey(settings: Json): Promise<{ id: string; key: string }> {
  const answer = await post(`${gateway.origin}/api/keys`, settings, { headers: bearer(ADMIN_KEY) });
  return answer.json<{ id: string; key: string }>();
}

/** Ids of the calls made, in order. */
const made: Record<string, string> = {};

beforeAll(async () => {
  simulator = await startSimulator();
  provider = await startIdentityProvider();
  gateway = await startGateway(
    {
      ...provider.env,
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: JSON.stringify(PRICES),
      AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
      AI_GATEWAY_ADMIN_EMAILS: BOB.email,
      AI_GATEWAY_RETRY_ATTEMPTS: '0',
      LOG_LEVEL: 'info',
    },
    { modules: [CapturedLog] },
  );
  simulator.script('*', {
    answer: 'The sea is deep.',
    usage: { values: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } },
    times: Infinity,
  });
  ann = await signIn(gateway.origin, provider, ANN);
  bob = await signIn(gateway.origin, provider, BOB);
  searchKey = await makeKey({ name: 'Search', tags: { team: 'search' } });
  annsKey = await makeKey({ name: 'Script of Ann', owner: ANN.email });
  made.search = await chat(searchKey.key, { model: 'cheap-a' });
  made.searchTagged = await chat(searchKey.key, { model: 'cheap-b' }, { 'x-gateway-tags': 'env=prod' });
  made.annsKey = await chat(annsKey.key, { model: 'dear' });
  made.ann = await chatAs(ann, { model: 'dear' });
  made.client = await chat(CLIENT_KEY, { model: 'cheap-a', messages: [{ role: 'user', content: 'From a client' }] });
  made.anonymous = await chat(undefined, { model: 'unpriced-model' });
  simulator.reset();
  simulator.script('*', { status: 500, times: Infinity });
  made.failed = await chat(searchKey.key, { model: 'cheap-a' });
});
afterAll(async () => {
  await gateway.close();
  await provider.close();
  await simulator.close();
});

describe('GET /api/costs', () => {
  it('sums by key for an administrator, keys masked and named', async () => {
    const { data, total, nextCursor } = await list('/api/costs');
    expect(data).toHaveLength(5);
    expect(data).toContainEqual({
      keyId: searchKey.id,
      key: `gw-…${searchKey.key.slice(-4)}`,
      name: 'Search',
      requests: 3,
      errors: 1,
      aborted: 0,
      inputTokens: 20,
      cachedInputTokens: 0,
      outputTokens: 10,
      reasoningTokens: 0,
      costUsd: 0.00004,
      unpricedRequests: 0,
      firstUsedAt: expect.stringMatching(/Z$/),
      lastUsedAt: expect.stringMatching(/Z$/),
      ttftP50Ms: expect.any(Number),
      ttftP95Ms: expect.any(Number),
    });
    expect(data.find(({ keyId }) => String(keyId).startsWith('fp_'))).toMatchObject({
      key: `…${CLIENT_KEY.slice(-4)}`,
      costUsd: 0.00002,
    });
    expect(data.find(({ keyId }) => keyId === 'anonymous')).toMatchObject({ costUsd: 0, unpricedRequests: 1 });
    expect(total).toMatchObject({ requests: 7, errors: 1, costUsd: 0.00406, unpricedRequests: 1 });
    expect(nextCursor).toBeNull();
    expect(JSON.stringify(data)).not.toContain(CLIENT_KEY);
  });

  it.each([
    ['model', 'model', ['cheap-a', 'cheap-b', 'dear', 'unpriced-model']],
    ['upstream', 'upstream', ['default']],
    ['status', 'status', ['failed', 'ok']],
    ['tag', 'tag', [null, 'env=prod', 'team=search']],
    ['day', 'day', [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]],
    ['hour', 'hour', [expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00:00Z$/)]],
    ['user', 'user', [null, expect.stringMatching(/^usr_/)]],
  ])('sums by %s', async (groupBy, field, values) => {
    const { data } = await list(`/api/costs?groupBy=${groupBy}`);
    expect(data.map((row) => row[field])).toEqual(values);
  });

  it('sums by two things at once', async () => {
    const { data } = await list('/api/costs?groupBy=key,status');
    expect(data.find(({ keyId, status }) => keyId === searchKey.id && status === 'failed')).toMatchObject({
      requests: 1,
      errors: 1,
      costUsd: 0,
      name: 'Search',
    });
    expect((await list('/api/costs?groupBy=day,model')).data).toHaveLength(4);
  });

  it('sums what a filter leaves, and a range of time', async () => {
    expect((await list('/api/costs?groupBy=model&model=dear')).total).toMatchObject({ requests: 2, costUsd: 0.004 });
    expect((await list(`/api/costs?groupBy=model&key=${searchKey.id}&status=ok`)).total).toMatchObject({ requests: 2 });
    const at = encodeURIComponent(new Date().toISOString());
    expect((await list(`/api/costs?from=${at}`)).total).toMatchObject({ requests: 0, costUsd: 0, firstUsedAt: null });
    expect((await list(`/api/costs?to=${at}`)).total).toMatchObject({ requests: 7, costUsd: 0.00406 });
  });

  it('goes page by page through many groups', async () => {
    const found: unknown[] = [];
    let path = '/api/costs?groupBy=model&limit=2';
    for (let pages = 0; pages < 3; pages += 1) {
      const { data, nextCursor, total } = await list(path);
      expect(total).toMatchObject({ requests: 7 });
      found.push(...data.map(({ model }) => model));
      if (nextCursor === null) break;
      path = `/api/costs?groupBy=model&limit=2&cursor=${nextCursor}`;
    }
    expect(found).toEqual(['cheap-a', 'cheap-b', 'dear', 'unpriced-model']);
  });

  it('shows everybody else their own calls alone', async () => {
    expect((await list('/api/costs', searchKey.key)).data).toMatchObject([{ keyId: searchKey.id, requests: 3 }]);
    expect((await list('/api/costs', CLIENT_KEY)).data).toMatchObject([{ requests: 1, costUsd: 0.00002 }]);
    const ofAnn = (await readAs(ann, '/api/costs')).body as List;
    expect(ofAnn.total).toMatchObject({ requests: 2, costUsd: 0.004 });
    expect(new Set(ofAnn.data.map(({ name }) => name))).toEqual(new Set(['Ann', 'Script of Ann']));
    const ofBob = (await readAs(bob, '/api/costs')).body as List;
    expect(ofBob.total).toMatchObject({ requests: 7 });
    expect((await list(`/api/costs?key=${searchKey.id}`, annsKey.key)).total).toMatchObject({ requests: 0 });
    expect((await get(`${gateway.origin}/api/costs`)).status).toBe(401);
  });

  it.each([
    ['groupBy=color', 'groupBy'],
    ['groupBy=key,key', 'groupBy'],
    ['groupBy=key,model,day', 'groupBy'],
    ['groupBy=', 'groupBy'],
    ['from=yesterday', 'from'],
    ['to=2026-13-01T00:00:00Z', 'to'],
    ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['status=fine', 'status'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=WyJhIiwiYiJd', 'cursor'],
    ['color=blue', 'color'],
  ])('refuses %s', async (query, param) => {
    const answer = await read(`/api/costs?${query}`);
    expect([answer.status, answer.json()]).toMatchObject([
      400,
      { error: { type: 'invalid_request_error', code: 'invalid_parameter', param } },
    ]);
  });
});

describe('GET /api/costs/{key}', () => {
  it('sums one key by its id, by "me", and by itself', async () => {
    const expected = { keyId: searchKey.id, name: 'Search', requests: 3, costUsd: 0.00004 };
    expect((await read(`/api/costs/${searchKey.id}`)).json()).toMatchObject(expected);
    for (const key of ['me', searchKey.id, searchKey.key]) {
      expect((await read(`/api/costs/${key}`, searchKey.key)).json()).toMatchObject(expected);
    }
    expect((await read(`/api/costs/${CLIENT_KEY}`, CLIENT_KEY)).json()).toMatchObject({
      key: `…${CLIENT_KEY.slice(-4)}`,
      requests: 1,
    });
    expect(lines.join('')).not.toContain(CLIENT_KEY);
    expect(lines.join('')).not.toContain(searchKey.key);
  });

  it("shows a person their sum and their key's, and hides another's as if there were none", async () => {
    expect((await readAs(ann, '/api/costs/me')).body).toMatchObject({ requests: 2, costUsd: 0.004 });
    expect((await readAs(ann, `/api/costs/${annsKey.id}`)).body).toMatchObject({ requests: 1, costUsd: 0.002 });
    const hidden = await readAs(ann, `/api/costs/${searchKey.id}`);
    const unknown = await readAs(ann, '/api/costs/key_nobody');
    expect([hidden.status, hidden.body]).toEqual([404, unknown.body]);
    expect((await read(`/api/costs/${searchKey.key}`, annsKey.key)).status).toBe(404);
  });

  it('knows a key that has not called yet', async () => {
    const fresh = await makeKey({ name: 'Fresh' });
    expect((await read(`/api/costs/${fresh.id}`)).json()).toMatchObject({ keyId: fresh.id, requests: 0, costUsd: 0 });
    expect((await read('/api/costs/me', fresh.key)).json()).toMatchObject({
      keyId: fresh.id,
      name: 'Fresh',
      requests: 0,
    });
  });
});

it("shows the signed-in person's own usage by day and model", async () => {
  const { body } = await readAs(ann, '/api/me/usage');
  expect((body as List).data).toMatchObject([{ day: expect.any(String), model: 'dear', requests: 2, costUsd: 0.004 }]);
});

describe('GET /api/prompt-log', () => {
  const ids = ({ data }: List): unknown[] => data.map(({ requestId }) => requestId);
  const all = () => [made.failed, made.anonymous, made.client, made.ann, made.annsKey, made.searchTagged, made.search];

  it('lists all calls, the newest first, to an administrator', async () => {
    expect(ids(await list('/api/prompt-log'))).toEqual(all());
    expect(ids(await list('/api/prompt-log?limit=2'))).toEqual([made.failed, made.anonymous]);
  });

  it('holds the previews of the own calls alone', async () => {
    for (const row of (await list('/api/prompt-log')).data)
      expect([row.promptPreview, row.responsePreview]).toEqual([null, null]);
    const own = await list('/api/prompt-log', CLIENT_KEY);
    expect(own.data).toMatchObject([
      { requestId: made.client, promptPreview: 'From a client', responsePreview: 'The sea is deep.' },
    ]);
    const ofAnn = (await readAs(ann, '/api/prompt-log')).body as List;
    expect(ids(ofAnn)).toEqual([made.ann, made.annsKey]);
    expect(ofAnn.data[1]).toMatchObject({ promptPreview: 'Tell me something about the sea.' });
  });

  it('filters', async () => {
    const { requestId, at } = (await read(`/api/requests/${made.ann}`)).json<{ requestId: string; at: string }>();
    const filters: [string, unknown[]][] = [
      ['model=dear', [made.ann, made.annsKey]],
      [`key=${searchKey.id}`, [made.failed, made.searchTagged, made.search]],
      [`key=${searchKey.id}&status=ok&model=cheap-b`, [made.searchTagged]],
      ['status=failed', [made.failed]],
      ['status=aborted', []],
      [`from=${at}`, [made.failed, made.anonymous, made.client, made.ann]],
      [`to=${at}`, [made.annsKey, made.searchTagged, made.search]],
      [`before=${requestId}`, [made.annsKey, made.searchTagged, made.search]],
      [`after=${requestId}`, [made.failed, made.anonymous, made.client]],
    ];
    for (const [query, expected] of filters) {
      expect([query, ids(await list(`/api/prompt-log?${query}`))]).toEqual([query, expected]);
    }
  });

  it('reads on by its cursor, whatever is added meanwhile', async () => {
    const before = all();
    const found: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = await list(`/api/prompt-log?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      found.push(...ids(page));
      cursor = page.nextCursor;
      await chat(CLIENT_KEY, { model: 'cheap-a' });
    }
    expect(found).toEqual(before);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['cursor=abc', 'cursor'],
    ['status=done', 'status'],
    ['from=now', 'from'],
    ['before=req_nobody', 'before'],
    ['after=req_nobody', 'after'],
    ['page=2', 'page'],
  ])('refuses %s', async (query, param) => {
    const answer = await read(`/api/prompt-log?${query}`);
    expect([answer.status, answer.json()]).toMatchObject([400, { error: { code: 'invalid_parameter', param } }]);
  });
});

describe('GET /api/requests/{id}', () => {
  it("shows the own call whole, and another's as if it were not there", async () => {
    expect((await read(`/api/requests/${made.client}`, CLIENT_KEY)).json()).toMatchObject({
      promptPreview: 'From a client',
      responsePreview: 'The sea is deep.',
    });
    expect((await readAs(ann, `/api/requests/${made.annsKey}`)).status).toBe(200);
    const hidden = await read(`/api/requests/${made.client}`, searchKey.key);
    const unknown = await read('/api/requests/req_nobody', searchKey.key);
    expect([hidden.status, hidden.json()]).toEqual([404, unknown.json()]);
    expect(unknown.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it("shows an administrator another's text and puts that on record", async () => {
    expect((await read(`/api/requests/${made.client}`)).json()).toMatchObject({ promptPreview: 'From a client' });
    expect((await readAs(bob, `/api/requests/${made.search}`)).body).toMatchObject({
      promptPreview: expect.any(String),
    });
    const { data } = await list('/api/audit?action=prompt.read&limit=2');
    expect(data).toMatchObject([
      { actor: BOB.email, action: 'prompt.read', target: made.search, ip: '127.0.0.1' },
      { actor: 'admin key', action: 'prompt.read', target: made.client, ip: '127.0.0.1' },
    ]);
  });
});
