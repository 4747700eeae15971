import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, get, post, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

interface Row {
  readonly model: string;
  readonly upstream: string;
  /** The model asked of the upstream, when it is another one. */
  readonly served?: string;
  readonly rule: string;
}

const ROWS: readonly Row[] = [
  { model: 'exact-model', upstream: 'one', rule: 'exact:exact-model' },
  { model: 'llama3:8b', upstream: 'two', rule: 'exact:llama3:8b' },
  { model: 'meta-llama/Llama-3.1-8B', upstream: 'two', rule: 'exact:meta-llama/Llama-3.1-8B' },
  { model: 'gpt-4o', upstream: 'one', rule: 'glob:gpt-*' },
  { model: 'gpt-4o-mini', upstream: 'two', rule: 'glob:gpt-4o-*' },
  { model: 'gpt-4o-special', upstream: 'one', rule: 'exact:gpt-4o-special' },
  { model: 'vendor/big:free', upstream: 'one', rule: 'glob:*:free' },
  { model: 'fast', upstream: 'two', served: 'gpt-4o-mini-2024-07-18', rule: 'exact:fast' },
  { model: 'ours-large', upstream: 'one', served: 'org/model:1', rule: 'glob:ours-*' },
  { model: 'two/anything', upstream: 'two', served: 'anything', rule: 'upstream' },
  { model: 'two/org/model:tag', upstream: 'two', served: 'org/model:tag', rule: 'upstream' },
  { model: 'default/gpt-4o', upstream: 'default', served: 'gpt-4o', rule: 'upstream' },
  { model: 'nobody/knows:this', upstream: 'default', rule: 'default' },
  { model: 'two/', upstream: 'default', rule: 'default' },
  { model: '/two', upstream: 'default', rule: 'default' },
  { model: 'EXACT-MODEL', upstream: 'default', rule: 'default' },
  { model: 'demonstration', upstream: 'default', rule: 'default' },
  { model: 'demo', upstream: 'demo', rule: 'demo' },
  { model: 'demo/large', upstream: 'demo', rule: 'demo' },
  { model: '__proto__', upstream: 'default', rule: 'default' },
];

describe('routes', () => {
  const simulators: Record<string, Simulator> = {};
  let gateway: RunningGateway;

  beforeAll(async () => {
    for (const name of ['default', 'one', 'two']) simulators[name] = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulators.default?.url,
      AI_GATEWAY_UPSTREAMS: `one=${simulators.one?.url},two=${simulators.two?.url}`,
      AI_GATEWAY_MODEL_ROUTES: [
        'exact-model:one',
        'llama3:8b:two',
        'meta-llama/Llama-3.1-8B:two',
        'gpt-*:one',
        'gpt-4o-*:two',
        'gpt-4o-special:one',
        '*:free:one',
        'fast=gpt-4o-mini-2024-07-18:two',
        'ours-*=org/model:1:one',
      ].join(','),
    });
  });
  afterAll(async () => {
    await gateway.close();
    for (const simulator of Object.values(simulators)) await simulator.close();
  });
  beforeEach(() => {
    for (const simulator of Object.values(simulators)) simulator.reset();
  });
  afterEach(() => backAtBaseline(gateway, ['default', 'one', 'two']));

  it.each(ROWS.map((row) => [row.model, row] as const))('lead %s where it belongs', async (model, row) => {
    const { upstream, served = model, rule } = row;

    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model }));

    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-gateway-upstream')).toBe(upstream);
    expect(decodeURIComponent(answer.headers.get('x-gateway-model') ?? '')).toBe(served);
    const called = Object.entries(simulators).flatMap(([name, one]) => one.calls().map((call) => [name, call.model]));
    expect(called).toEqual(upstream === 'demo' ? [] : [[upstream, served]]);
    const record = await get(`${gateway.origin}/api/requests/${answer.headers.get('x-request-id')}`);
    expect(record.json()).toMatchObject({ route: { requestedModel: model, rule, upstream, servedModel: served } });
  });

  it('apply to every endpoint that names a model, uploads too', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(100)]), 'a.mp3');
    form.append('model', 'fast');
    const answer = await fetch(`${gateway.url}/audio/transcriptions`, { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    expect(simulators.two?.calls()[0]?.model).toBe('gpt-4o-mini-2024-07-18');

    await post(`${gateway.url}/embeddings`, { model: 'fast', input: 'a' });
    await post(`${gateway.url}/messages`, { ...aChatRequest({ model: 'fast' }), max_tokens: 9 });
    await post(`${gateway.url}/responses`, { model: 'fast', input: 'a' });
    expect(simulators.two?.calls().map(({ path, model }) => [path, model])).toEqual(
      ['/v1/audio/transcriptions', '/v1/embeddings', '/v1/messages', '/v1/responses'].map((path) => [
        path,
        'gpt-4o-mini-2024-07-18',
      ]),
    );
  });

  it('cannot be chosen by a header or another field', async () => {
    const request = aChatRequest({ model: 'exact-model', base_url: simulators.two?.url, upstream: 'two' });
    await post(`${gateway.url}/chat/completions`, request, {
      headers: { 'x-gateway-upstream': 'two', 'x-upstream': 'two', 'x-forwarded-host': 'two' },
    });

    expect(simulators.one?.calls()).toHaveLength(1);
    expect(simulators.two?.calls()).toEqual([]);
  });

  it('are listed with what the default upstream has, each once', async () => {
    const list = (await get(`${gateway.url}/models`)).json<{
      object: string;
      data: { id: string; object: string }[];
    }>();
    const ids = list.data.map(({ id }) => id);

    expect(list.object).toBe('list');
    expect(ids).toEqual(
      expect.arrayContaining(['exact-model', 'llama3:8b', 'meta-llama/Llama-3.1-8B', 'fast', 'demo']),
    );
    expect(ids).toEqual(expect.arrayContaining(['gpt-4o', 'claude-sonnet-4-20250514']));
    expect(ids.filter((id) => id.includes('*'))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(list.data.every(({ object }) => object === 'model')).toBe(true);
  });

  it.each(['exact-model', 'llama3:8b', 'meta-llama/Llama-3.1-8B', 'meta-llama%2FLlama-3.1-8B', 'gpt-4o', 'demo'])(
    'describe one model: %s',
    async (id) => {
      const answer = await get(`${gateway.url}/models/${id}`);

      expect(answer.status).toBe(200);
      expect(answer.json()).toMatchObject({ id: decodeURIComponent(id), object: 'model' });
    },
  );
});

describe('strict routes', () => {
  it('refuse what has none, and call nobody', async () => {
    const simulator = await startSimulator();
    const gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_STRICT_MODELS: 'true',
      AI_GATEWAY_MODEL_ROUTES: 'known:default,gpt-*:default',
    });
    const call = (model: string) => post(`${gateway.url}/chat/completions`, aChatRequest({ model }));

    const refused = await call('unknown');
    expect(refused.status).toBe(404);
    expect(refused.json<ErrorShape>().error).toEqual({
      message: expect.stringContaining("'unknown'") as unknown,
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    });
    expect(simulator.calls()).toEqual([]);
    for (const model of ['known', 'gpt-4o', 'default/unknown', 'demo']) expect((await call(model)).status).toBe(200);
    const { data } = (await get(`${gateway.url}/models`)).json<{ data: { id: string }[] }>();
    expect(data.map(({ id }) => id)).toEqual(['known', 'demo']);
    await gateway.close();
    await simulator.close();
  });
});

describe('the list of models', () => {
  it('survives an upstream that is down, and shows what is known', async () => {
    const gone = await startSimulator();
    const { url } = gone;
    await gone.close();
    const gateway = await startGateway({ AI_GATEWAY_UPSTREAM: url, AI_GATEWAY_MODEL_ROUTES: 'fast=gpt-4o:default' });

    const answer = await get(`${gateway.url}/models`);

    expect(answer.status).toBe(200);
    expect(answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id)).toEqual(['fast', 'demo']);
    await backAtBaseline(gateway);
    await gateway.close();
  });

  it.each([
    ['an error', { status: 500 }],
    ['HTML', { body: '<html>', contentType: 'text/html' }],
    ['a broken connection', { reset: 'mid-body' }],
    ['something else', { json: { object: 'list', data: [null, 7, { id: 5 }, { id: 'real' }] } }],
    ['a redirect', { redirectTo: '/v1/echo' }],
  ] as const)('survives an upstream that answers with %s', async (_name, behaviour) => {
    const simulator = await startSimulator();
    simulator.script('/v1/models', { ...behaviour, times: 'forever' });
    const gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });

    const answer = await get(`${gateway.url}/models`);

    expect(answer.status).toBe(200);
    const ids = answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id);
    expect(ids).toContain('demo');
    expect(ids.every((id) => typeof id === 'string')).toBe(true);
    await gateway.close();
    await simulator.close();
  });

  it('is asked for once, however many want it', async () => {
    const simulator = await startSimulator();
    const gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url, AI_GATEWAY_API_KEY: 'sk-gateway' });

    const answers = await Promise.all(Array.from({ length: 20 }, () => get(`${gateway.url}/models`)));
    await get(`${gateway.url}/models/gpt-4o`);

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(simulator.calls()).toHaveLength(1);
    expect(simulator.calls()[0]?.headers.authorization).toBe('Bearer sk-gateway');
    await gateway.close();
    await simulator.close();
  });

  it("shows a caller with a key of its own what that key's owner sees", async () => {
    const simulator = await startSimulator();
    const gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });

    for (const key of ['sk-a', 'sk-b', 'sk-a']) await get(`${gateway.url}/models`, { authorization: `Bearer ${key}` });

    expect(simulator.calls().map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-a', 'Bearer sk-b']);
    await gateway.close();
    await simulator.close();
  });
});
