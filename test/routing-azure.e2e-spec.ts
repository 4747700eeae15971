import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, get, post, type ErrorShape } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, UPSTREAM_FAULTS, type Simulator } from './support/start-simulator.js';

const CLASSIC_PATH = '/openai/deployments/my-gpt';

describe('Azure', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator({ requiredKey: 'azure-key' });
    const azure = `azure+${simulator.origin}`;
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: `${azure}/openai/v1`,
      AI_GATEWAY_API_KEY: 'azure-key',
      AI_GATEWAY_UPSTREAMS: `classic=${azure}${CLASSIC_PATH},dated=${azure}${CLASSIC_PATH}?api-version=2025-04-01-preview`,
      AI_GATEWAY_UPSTREAM_CLASSIC_KEY: 'azure-key',
      AI_GATEWAY_UPSTREAM_DATED_KEY: 'azure-key',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway, ['default', 'classic', 'dated']));

  it('is called at its v1 address, with its key as api-key', async () => {
    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest());

    expect(answer.status).toBe(200);
    const [call] = simulator.calls();
    expect(call?.path).toBe('/openai/v1/chat/completions');
    expect(call?.headers['api-key']).toBe('azure-key');
    expect(call?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['classic', `${CLASSIC_PATH}/chat/completions?api-version=2024-10-21`],
    ['dated', `${CLASSIC_PATH}/chat/completions?api-version=2025-04-01-preview`],
  ])('is called at the address of a deployment: %s', async (upstream, path) => {
    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model: `${upstream}/gpt-4o` }));

    expect(answer.status).toBe(200);
    expect(simulator.calls()[0]?.path).toBe(path);
    expect(simulator.calls()[0]?.headers['api-key']).toBe('azure-key');
    expect(answer.text).toContain('prompt_filter_results');
  });

  it('streams, the first chunk without choices passing and the usage hidden', async () => {
    simulator.script('*', { answer: 'It is deep.' });
    const answer = await post(
      `${gateway.url}/chat/completions`,
      aChatRequest({ model: 'classic/gpt-4o', stream: true }),
    );

    const events = answer.events();
    expect(JSON.parse(events[0] ?? '')).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] });
    expect(events.at(-1)).toBe('[DONE]');
    expect(events.slice(1, -1).every((data) => (JSON.parse(data) as { choices: unknown[] }).choices.length > 0)).toBe(
      true,
    );
    const record = await get(`${gateway.origin}/api/requests/${answer.headers.get('x-request-id')}`);
    expect(record.json()).toMatchObject({ status: 'ok', usageSource: 'upstream' });
  });

  it.each([true, false])('tells of its content filter in full, streamed: %s', async (stream) => {
    simulator.script('*', UPSTREAM_FAULTS.azureContentFilter);

    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ model: 'classic/gpt-4o', stream }));

    expect(answer.status).toBe(400);
    expect(answer.json<ErrorShape>().error).toMatchObject({
      code: 'content_filter',
      param: 'prompt',
      type: 'invalid_request_error',
      innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { violence: { filtered: true } } },
    });
  });

  it('gets files and lists beside its deployments', async () => {
    await get(`${gateway.url}/files?limit=2`);
    expect(simulator.calls()[0]?.path).toBe('/openai/v1/files?limit=2');
    expect(simulator.calls()[0]?.headers['api-key']).toBe('azure-key');

    simulator.reset();
    const classic = await startGateway({ AI_GATEWAY_UPSTREAM: `azure+${simulator.origin}${CLASSIC_PATH}` });
    await get(`${classic.url}/files?limit=2`, { 'api-key': 'azure-key' });
    await get(`${classic.url}/models`, { 'api-key': 'azure-key' });
    expect(simulator.calls().map(({ path }) => path)).toEqual([
      '/openai/files?api-version=2024-10-21&limit=2',
      '/openai/models?api-version=2024-10-21',
    ]);
    await backAtBaseline(classic);
    await classic.close();
  });

  it("passes a client's own key on as api-key, whatever it came as", async () => {
    for (const headers of [
      { 'api-key': 'azure-key' },
      { authorization: 'Bearer azure-key' },
      { 'x-api-key': 'azure-key' },
    ]) {
      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest(), { headers });
      expect(answer.status).toBe(200);
    }
    expect(simulator.calls().map(({ headers }) => headers['api-key'])).toEqual(['azure-key', 'azure-key', 'azure-key']);
  });
});
