import Anthropic from '@anthropic-ai/sdk';
import LegacyAnthropic from '@anthropic-ai/sdk-legacy';
import { backAtBaseline } from './support/baseline.js';
import { eventually, recordOf } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const REQUEST = {
  model: 'claude-sonnet-4-20250514',
  max_tokens: 200,
  messages: [{ role: 'user' as const, content: 'Tell me something about the sea.' }],
};
const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
};

/** 1.x sends its key as a bearer token, 0.x as `x-api-key`; both go on as they came. */
const SDKS = [
  { name: 'the Anthropic SDK 1.x', Sdk: Anthropic, header: 'authorization', value: 'Bearer sk-ant-mine' },
  {
    name: 'the Anthropic SDK 0.x',
    // The two versions' types do not mix; what is used of them is the same.
    Sdk: LegacyAnthropic as unknown as typeof Anthropic,
    header: 'x-api-key',
    value: 'sk-ant-mine',
  },
] as const;

describe.each(SDKS.map((sdk) => [sdk.name, sdk] as const))('%s', (_name, { Sdk, header, value }) => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  let client: Anthropic;

  beforeAll(async () => {
    simulator = await startSimulator({ requiredKey: 'sk-ant-mine' });
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });
    // The SDK adds /v1 itself.
    client = new Sdk({ baseURL: gateway.origin, apiKey: 'sk-ant-mine', maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  it('gets a message, its own key going on in the header that it came in', async () => {
    simulator.script('*', { answer: 'It is deep.' });

    const message = await client.messages.create(REQUEST);

    expect(message).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' });
    expect(message.content).toEqual([expect.objectContaining({ type: 'text', text: 'It is deep.' })]);
    expect(message.usage.output_tokens).toBeGreaterThan(0);
    const headers = simulator.calls()[0]?.headers ?? {};
    expect(headers).toMatchObject({
      [header]: value,
      'anthropic-version': expect.stringMatching(/^20\d\d-/) as unknown,
    });
    expect(['authorization', 'x-api-key', 'api-key'].filter((name) => name in headers)).toEqual([header]);
  });

  it('streams a message and its usage', async () => {
    simulator.script('*', { answer: 'It is deep.' });
    const stream = client.messages.stream(REQUEST);
    let text = '';
    stream.on('text', (delta) => (text += delta));

    const message = await stream.finalMessage();

    expect(text).toBe('It is deep.');
    expect(message.usage.output_tokens).toBeGreaterThan(0);
    const record = await recordOf(gateway.origin, stream.response?.headers.get('x-request-id') ?? '');
    expect(record).toMatchObject({ outputTokens: message.usage.output_tokens, usageSource: 'upstream' });
  });

  it('uses tools', async () => {
    const message = await client.messages
      .stream({
        ...REQUEST,
        messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
        tools: [WEATHER],
        tool_choice: { type: 'any' },
      })
      .finalMessage();

    expect(message.stop_reason).toBe('tool_use');
    expect(message.content.find(({ type }) => type === 'tool_use')).toMatchObject({
      name: 'get_weather',
      input: { city: expect.any(String) as unknown },
    });
  });

  it('counts tokens', async () => {
    const { model, messages } = REQUEST;

    expect((await client.messages.countTokens({ model, messages })).input_tokens).toBeGreaterThan(0);
    expect(simulator.calls()[0]?.path).toBe('/v1/messages/count_tokens');
  });

  it.each([
    [400, 'invalid_request_error', 'BadRequestError'],
    [403, 'permission_error', 'PermissionDeniedError'],
    [404, 'not_found_error', 'NotFoundError'],
    [413, 'request_too_large', 'APIError'],
    [429, 'rate_limit_error', 'RateLimitError'],
    [529, 'overloaded_error', 'InternalServerError'],
  ] as const)('throws the class that belongs to %i', async (status, type, errorClass) => {
    simulator.script('*', { status, times: 'forever' });

    const thrown: unknown = await client.messages.create(REQUEST).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(Sdk[errorClass]);
    expect(thrown).toMatchObject({
      status,
      error: {
        type: 'error',
        error: { type, message: expect.any(String) as unknown },
        request_id: expect.any(String) as unknown,
      },
    });
  });

  it('throws an authentication error for a key that the upstream does not know', async () => {
    const stranger = client.withOptions({ apiKey: 'sk-ant-other' });

    await expect(stranger.messages.create(REQUEST)).rejects.toThrow(Sdk.AuthenticationError);
  });

  it("throws the gateway's own refusals as errors of its kind", async () => {
    const thrown: unknown = await client.messages.create({ ...REQUEST, model: '' }).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(Sdk.BadRequestError);
    expect(thrown).toMatchObject({ error: { type: 'error', error: { type: 'invalid_request_error' } } });
  });

  it('throws what happens inside a stream', async () => {
    simulator.script('*', {
      streamError: { afterEvents: 4, error: { type: 'overloaded_error', message: 'Too much.' } },
    });

    await expect(client.messages.stream(REQUEST).finalMessage()).rejects.toThrow(/Too much\./);
  });

  it('aborts, and the upstream is let go', async () => {
    simulator.script('*', { stallAfterEvents: 4 });
    const stream = client.messages.stream(REQUEST);
    await new Promise<void>((resolve) => void stream.once('streamEvent', () => resolve()));
    stream.abort();

    await expect(stream.finalMessage()).rejects.toThrow(Sdk.APIUserAbortError);
    await eventually(() => simulator.calls()[0]?.ending === 'aborted');
  });

  it('reaches the demo model', async () => {
    const message = await client.messages.create({ ...REQUEST, model: 'demo' });

    expect(message.content[0]).toMatchObject({ type: 'text', text: expect.any(String) as unknown });
    expect(simulator.calls()).toEqual([]);
  });
});
