import OpenAI, { toFile, type APIError } from 'openai';
import { backAtBaseline } from './support/baseline.js';
import { eventually } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const MESSAGES = [{ role: 'user', content: 'Tell me something about the sea.' }] as const;
/** One red pixel. */
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WEATHER: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const CITY_SCHEMA = {
  name: 'city',
  strict: true,
  schema: {
    type: 'object',
    properties: { name: { type: 'string' }, population: { type: 'integer' } },
    required: ['name', 'population'],
    additionalProperties: false,
  },
};

describe('the openai SDK, by its base URL alone', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;
  let client: OpenAI;

  beforeAll(async () => {
    simulator = await startSimulator({ requiredKey: 'sk-mine' });
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      // The same under another name, whose retries nobody else has used up.
      AI_GATEWAY_UPSTREAMS: `fresh=${simulator.url}`,
    });
    client = new OpenAI({ baseURL: gateway.url, apiKey: 'sk-mine', maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  it('chats', async () => {
    simulator.script('*', { answer: 'It is deep.' });
    const {
      data,
      response,
      request_id: requestId,
    } = await client.chat.completions.create({ model: 'gpt-4o', messages: [...MESSAGES] }).withResponse();

    expect(data.choices[0]?.message).toMatchObject({ role: 'assistant', content: 'It is deep.' });
    expect(data.usage?.total_tokens).toBeGreaterThan(0);
    expect(requestId).toBe(response.headers.get('x-request-id'));
    expect(response.headers.get('x-gateway-upstream')).toBe('default');
  });

  it('streams, with usage when it asks', async () => {
    simulator.script('*', { answer: 'It is deep.' });
    const stream = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [...MESSAGES],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }

    expect(text).toBe('It is deep.');
    expect(usage?.completion_tokens).toBeGreaterThan(0);
  });

  it('streams by the helper that puts the answer together', async () => {
    simulator.script('*', { answer: 'It is deep.' });
    const stream = client.chat.completions.stream({ model: 'gpt-4o', messages: [...MESSAGES] });

    expect((await stream.finalChatCompletion()).choices[0]?.message.content).toBe('It is deep.');
  });

  it('calls tools, buffered and streamed', async () => {
    const body = {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
      tools: [WEATHER],
      tool_choice: 'required',
    } satisfies OpenAI.ChatCompletionCreateParams;
    const buffered = await client.chat.completions.create(body);
    const streamed = await client.chat.completions.stream(body).finalChatCompletion();

    for (const { choices } of [buffered, streamed]) {
      expect(choices[0]?.finish_reason).toBe('tool_calls');
      const [toolCall] = choices[0]?.message.tool_calls ?? [];
      expect(toolCall).toMatchObject({ type: 'function', function: { name: 'get_weather' } });
      const { arguments: text } = (toolCall as OpenAI.ChatCompletionMessageFunctionToolCall).function;
      expect(JSON.parse(text)).toEqual({ city: expect.any(String) as unknown });
    }
  });

  it('asks for JSON, freely and by a schema', async () => {
    const ask = async (format: OpenAI.ChatCompletionCreateParams['response_format']): Promise<unknown> => {
      const messages = [{ role: 'user', content: 'Describe Paris as JSON.' }] as const;
      const answer = await client.chat.completions.create({
        model: 'gpt-4o',
        messages: [...messages],
        ...(format && { response_format: format }),
      });
      return JSON.parse(answer.choices[0]?.message.content ?? '');
    };

    expect(await ask({ type: 'json_object' })).toEqual(expect.any(Object));
    expect(await ask({ type: 'json_schema', json_schema: CITY_SCHEMA })).toEqual({
      name: expect.any(String) as unknown,
      population: expect.any(Number) as unknown,
    });
  });

  it('shows pictures', async () => {
    const content: OpenAI.ChatCompletionContentPart[] = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: PICTURE, detail: 'low' } },
    ];
    const answer = await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }] });

    expect(answer.choices[0]?.message.content).toEqual(expect.any(String));
    expect(simulator.calls()[0]?.json).toMatchObject({ messages: [{ content }] });
  });

  it('embeds, which it asks for in base64', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] });

    expect(simulator.calls()[0]?.json).toMatchObject({ encoding_format: 'base64' });
    expect(data.map(({ index }) => index)).toEqual([0, 1]);
    const length = Math.hypot(...(data[0]?.embedding ?? []));
    expect(length).toBeCloseTo(1, 3);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
  });

  it('speaks and listens', async () => {
    const speech = await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello' });
    const audio = Buffer.from(await speech.arrayBuffer());
    expect(speech.headers.get('content-type')).toBe('audio/mpeg');
    expect(audio.subarray(0, 3).toString()).toBe('ID3');

    const file = await toFile(audio, 'hello.mp3');
    const transcription = await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file });
    expect(transcription.text).toContain('fox');
    const streamed = await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file, stream: true });
    const events: string[] = [];
    for await (const event of streamed) events.push(event.type);
    expect(events.at(-1)).toBe('transcript.text.done');
    const plain = await client.audio.translations.create({ model: 'whisper-1', file, response_format: 'text' });
    expect(plain).toContain('fox');
  });

  it('makes and changes pictures', async () => {
    const made = await client.images.generate({ model: 'gpt-image-1', prompt: 'A red pixel' });
    const [first] = made.data ?? [];
    expect(first?.b64_json).toEqual(expect.any(String));

    const image = await toFile(Buffer.from(first?.b64_json ?? '', 'base64'), 'pixel.png', { type: 'image/png' });
    const changed = await client.images.edit({ model: 'gpt-image-1', prompt: 'Make it blue', image });
    expect(changed.data).toHaveLength(1);
  });

  it('keeps files and batches', async () => {
    const file = await client.files.create({
      file: await toFile(Buffer.from('{"a":1}\n'), 'a.jsonl'),
      purpose: 'batch',
    });
    expect(file).toMatchObject({ filename: 'a.jsonl', bytes: 8 });
    expect(await (await client.files.content(file.id)).text()).toBe('{"a":1}\n');
    const batch = await client.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    expect((await client.batches.cancel(batch.id)).status).toBe('cancelling');
    const listed: string[] = [];
    for await (const { id } of client.files.list()) listed.push(id);
    expect(listed).toEqual([file.id]);
    expect(await client.files.delete(file.id)).toMatchObject({ deleted: true });
    await expect(client.files.retrieve(file.id)).rejects.toThrow(OpenAI.NotFoundError);
  });

  it('uses Responses, buffered and streamed', async () => {
    const buffered = await client.responses.create({ model: 'gpt-4o', input: 'Hi' });
    expect(buffered.output_text).toEqual(expect.any(String));
    expect(buffered.status).toBe('completed');

    const stream = client.responses.stream({ model: 'gpt-4o', input: 'Hi' });
    const types = new Set<string>();
    for await (const event of stream) types.add(event.type);
    expect(types).toContain('response.output_text.delta');
    expect((await stream.finalResponse()).output_text).toBe(buffered.output_text);
  });

  it('moderates and completes', async () => {
    const { results } = await client.moderations.create({ model: 'omni-moderation-latest', input: 'Hello' });
    expect(results[0]?.flagged).toBe(false);

    const completion = await client.completions.create({ model: 'gpt-4o', prompt: 'The sea', max_tokens: 20 });
    expect(completion.choices[0]?.text).toEqual(expect.any(String));
  });

  it('lists models, the demo model among them', async () => {
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(['demo', 'gpt-4o', 'text-embedding-3-small']));
    expect(await client.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' });
    await expect(client.models.retrieve('gpt-99')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('aborts, and the upstream is let go', async () => {
    simulator.script('*', { endless: { afterEvents: 2, everyMs: 5 } });
    const stream = await client.chat.completions.create({ model: 'gpt-4o', messages: [...MESSAGES], stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    stream.controller.abort();

    await eventually(() => simulator.calls()[0]?.ending === 'aborted');
  });

  it.each([
    [400, OpenAI.BadRequestError],
    [403, OpenAI.PermissionDeniedError],
    [404, OpenAI.NotFoundError],
    [409, OpenAI.ConflictError],
    [422, OpenAI.UnprocessableEntityError],
    [429, OpenAI.RateLimitError],
    [500, OpenAI.InternalServerError],
    [529, OpenAI.InternalServerError],
  ])('throws the class that belongs to %i', async (status, errorClass) => {
    simulator.script('*', { status, error: { code: 'own_code', param: 'own_param' }, times: 'forever' });

    const thrown: unknown = await client.chat.completions
      .create({ model: 'gpt-4o', messages: [...MESSAGES] })
      .catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(errorClass);
    expect(thrown).toMatchObject({ status, code: 'own_code', param: 'own_param', type: expect.any(String) as unknown });
    expect((thrown as APIError).requestID).toMatch(/^req_/);
  });

  it("throws an authentication error when the upstream does not know the caller's own key", async () => {
    const stranger = client.withOptions({ apiKey: 'sk-other' });

    await expect(stranger.chat.completions.create({ model: 'gpt-4o', messages: [...MESSAGES] })).rejects.toThrow(
      OpenAI.AuthenticationError,
    );
  });

  it('throws what happens inside a stream', async () => {
    simulator.script('*', { streamError: { afterEvents: 3, error: { code: 'server_error' } } });
    const stream = await client.chat.completions.create({ model: 'gpt-4o', messages: [...MESSAGES], stream: true });

    const reading = (async () => {
      for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
    })();
    await expect(reading).rejects.toMatchObject({ code: 'server_error' });
  });

  it('does not add its retries to those of the gateway', async () => {
    simulator.script('*', { status: 503, times: 'forever' });
    const persistent = client.withOptions({ maxRetries: 2 });

    await expect(
      persistent.chat.completions.create({ model: 'fresh/gpt-4o', messages: [...MESSAGES] }),
    ).rejects.toThrow(OpenAI.InternalServerError);
    expect(simulator.calls()).toHaveLength(4);
  });

  it('reaches the demo model without any key of worth', async () => {
    const keyless = new OpenAI({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0 });
    const answer = await keyless.chat.completions.create({
      model: 'demo',
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(answer.choices[0]?.message.content).toEqual(expect.any(String));
    expect(simulator.calls()).toEqual([]);
  });
});
