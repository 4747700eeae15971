import type { ModelList, ModelRow } from '../libs/contracts/models.js';
import type { UpstreamList, UpstreamRow } from '../libs/contracts/upstreams.js';
import { aChatRequest, get, post, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const ADMIN_KEY = 'the-admin-key-of-this-very-test';
const LISTED = { object: 'list', data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'openai' }] };
const LOCAL = {
  object: 'list',
  data: [
    { id: 'llama3:8b', object: 'model', created: 1, owned_by: 'library' },
    {
      id: 'seer',
      object: 'model',
      created: 1,
      owned_by: 'library',
      architecture: { input_modalities: ['text', 'image'] },
    },
  ],
};

let main: Simulator;
let local: Simulator;

beforeEach(async () => {
  [main, local] = [await startSimulator(), await startSimulator()];
  main.script('/v1/models', { json: LISTED, times: 'forever' });
  local.script('/v1/models', { json: LOCAL, times: 'forever' });
});
afterEach(() => Promise.all([main.close(), local.close()]));

function start(env: Readonly<Record<string, string>> = {}): Promise<RunningGateway> {
  return startGateway({
    AI_GATEWAY_UPSTREAM: main.url,
    AI_GATEWAY_UPSTREAMS: `local=${local.url}`,
    AI_GATEWAY_UPSTREAM_LOCAL_KEY: 'sk-the-key-of-the-local-upstream',
    AI_GATEWAY_MODEL_ROUTES: 'small=gpt-4o-mini:default,claude-*:local',
    AI_GATEWAY_PRICES:
      '{"gpt-4o": {"input": 2.5, "cachedInput": 1.25, "output": 10}, "gpt-4o-mini": {"input": 0.15, "output": 0.6}}',
    AI_GATEWAY_ADMIN_KEY: ADMIN_KEY,
    ...env,
  });
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

async function models(gateway: RunningGateway, query = '', headers = {}): Promise<ModelList> {
  const answer = await get(`${gateway.origin}/api/models${query}`, headers);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.json<ModelList & Record<string, unknown>>();
}

async function upstreams(gateway: RunningGateway, headers = {}): Promise<readonly UpstreamRow[]> {
  return (await get(`${gateway.origin}/api/upstreams`, headers)).json<UpstreamList & Record<string, unknown>>().data;
}

async function issueKey(gateway: RunningGateway, more: object): Promise<string> {
  const made = await post(`${gateway.origin}/api/keys`, { name: 'test', ...more }, { headers: bearer(ADMIN_KEY) });
  return made.json<{ key: string }>().key;
}

describe('GET /api/models', () => {
  it('lists routes, the demo model and what every upstream has, by the id that a call takes', async () => {
    const gateway = await start();
    const { data, nextCursor } = await models(gateway);
    const price = { input: 2.5, cachedInput: 1.25, cacheWrite: null, output: 10 };
    const text = { contextWindow: null, input: ['text'] };
    expect(data).toEqual<ModelRow[]>([
      { id: 'demo', upstream: 'demo', ...text, price: expect.objectContaining({ input: 0 }), priceSource: 'demo' },
      {
        id: 'gpt-4o',
        upstream: 'default',
        contextWindow: null,
        input: ['text', 'image'],
        price,
        priceSource: 'override',
      },
      { id: 'local/llama3:8b', upstream: 'local', ...text, price: null, priceSource: null },
      {
        id: 'local/seer',
        upstream: 'local',
        contextWindow: null,
        input: ['text', 'image'],
        price: null,
        priceSource: null,
      },
      {
        id: 'small',
        upstream: 'default',
        contextWindow: null,
        input: ['text', 'image'],
        price: { input: 0.15, cachedInput: null, cacheWrite: null, output: 0.6 },
        priceSource: 'override',
      },
    ]);
    expect(nextCursor).toBeNull();
    for (const { id } of data) {
      expect((await post(`${gateway.url}/chat/completions`, aChatRequest({ model: id, max_tokens: 1 }))).status).toBe(
        200,
      );
    }
    await gateway.close();
  });

  it('is read page by page, and refuses what is no page', async () => {
    const gateway = await start();
    const first = await models(gateway, '?limit=2');
    const rest = await models(gateway, `?limit=1000&cursor=${first.nextCursor}`);
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual((await models(gateway)).data.map(({ id }) => id));
    for (const [query, param] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['cursor=x', 'cursor'],
      ['page=2', 'page'],
    ]) {
      const { status, json } = await get(`${gateway.origin}/api/models?${query}`);
      expect([status, json<ErrorShape & Record<string, unknown>>().error]).toMatchObject([
        400,
        { code: 'invalid_parameter', param },
      ]);
    }
    await gateway.close();
  });

  it('shows a key only the models that it may use', async () => {
    const gateway = await start({ AI_GATEWAY_ACCESS: 'keys' });
    const key = await issueKey(gateway, { models: ['local/*', 'small'] });
    const { data } = await models(gateway, '', bearer(key));
    expect(data.map(({ id }) => id)).toEqual(['local/llama3:8b', 'local/seer', 'small']);
    await gateway.close();
  });

  it('leaves out ids that strict routes refuse, and names those that they take', async () => {
    const gateway = await start({ AI_GATEWAY_STRICT_MODELS: 'true' });
    const ids = (await models(gateway)).data.map(({ id }) => id);
    expect(ids).toEqual(['default/gpt-4o', 'demo', 'local/llama3:8b', 'local/seer', 'small']);
    await gateway.close();
  });

  it('lists the others when one upstream is down', async () => {
    const gateway = await start({ AI_GATEWAY_UPSTREAMS: 'local=http://127.0.0.1:9/v1' });
    expect((await models(gateway)).data.map(({ id }) => id)).toEqual(['demo', 'gpt-4o', 'small']);
    await gateway.close();
  });
});

describe('GET /api/upstreams', () => {
  it('lists the upstreams in their order, with health, routes and where the credential is from', async () => {
    const gateway = await start();
    const idle = { health: 'unknown', errorRate: null, p50Ms: null, inFlight: 0 };
    expect(await upstreams(gateway)).toEqual<UpstreamRow[]>([
      { name: 'default', baseUrl: main.url, models: ['small'], ...idle, credentialSource: 'none' },
      {
        name: 'local',
        baseUrl: local.url,
        models: ['claude-*'],
        ...idle,
        credentialSource: 'AI_GATEWAY_UPSTREAM_LOCAL_KEY',
      },
      { name: 'demo', baseUrl: 'demo:', models: ['demo'], ...idle, credentialSource: 'none' },
    ]);
    await gateway.close();
  });

  it('shows what was seen of an upstream that answers and of one that fails', async () => {
    const gateway = await start({ AI_GATEWAY_RETRY_ATTEMPTS: '0' });
    local.script('llama3:8b', { status: 500, times: 'forever' });
    await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'gpt-4o' }));
    for (let count = 0; count < 5; count += 1) {
      await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'local/llama3:8b' }));
    }
    expect(await upstreams(gateway)).toMatchObject([
      { name: 'default', health: 'ok', errorRate: 0, p50Ms: expect.any(Number) },
      { name: 'local', health: 'failing', errorRate: 1, p50Ms: null },
      { name: 'demo', health: 'unknown' },
    ]);
    await gateway.close();
  });

  it('keeps the name of an Azure deployment to administrators, and every secret to itself', async () => {
    const azure = 'https://acme.openai.azure.com/openai/deployments/secret-project?api-version=2024-10-21';
    const gateway = await start({
      AI_GATEWAY_UPSTREAMS: `azure=${azure}`,
      AI_GATEWAY_UPSTREAM_AZURE_KEY: 'az-key-0123456789',
      AI_GATEWAY_MODEL_ROUTES: '',
    });
    const shown = async (headers = {}) =>
      (await upstreams(gateway, headers)).find(({ name }) => name === 'azure')?.baseUrl;
    expect(await shown()).toBe('https://acme.openai.azure.com');
    expect(await shown(bearer(ADMIN_KEY))).toBe('https://acme.openai.azure.com/openai/deployments/secret-project');
    expect(JSON.stringify(await upstreams(gateway, bearer(ADMIN_KEY)))).not.toContain('az-key');
    await gateway.close();
  });
});

describe.each(['/api/models', '/api/upstreams'])('%s', (path) => {
  it('is for whoever may chat', async () => {
    const open = await start();
    const closed = await start({ AI_GATEWAY_ACCESS: 'keys' });
    const key = await issueKey(closed, {});
    const status = async ({ origin }: RunningGateway, headers = {}) => (await get(`${origin}${path}`, headers)).status;
    expect(await status(open)).toBe(200);
    expect(await status(open, bearer('sk-a-clients-own-key-0123'))).toBe(200);
    expect(await status(closed)).toBe(401);
    expect(await status(closed, bearer('sk-a-clients-own-key-0123'))).toBe(401);
    expect(await status(closed, bearer(key))).toBe(200);
    expect(await status(closed, bearer(ADMIN_KEY))).toBe(200);
    await Promise.all([open.close(), closed.close()]);
  });
});
