import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import LegacyAnthropic from '@anthropic-ai/sdk-legacy';
import { type Simulator, startSimulator } from './simulator.js';

interface MessageClient {
  readonly create: () => Promise<Message>;
  readonly stream: () => Promise<Message>;
}

interface Message {
  readonly content: readonly object[];
  readonly stop_reason: string | null;
  readonly usage: { readonly output_tokens: number };
}

const goodDay = {
  model: 'claude-sonnet-4-20250514',
  max_tokens: 200,
  messages: [{ role: 'user' as const, content: 'Say good day' }],
};

// The two generations of the SDK send their key in different headers; their types have nothing in common.
const messageClients: Readonly<Record<string, (baseURL: string) => MessageClient>> = {
  '1.x': (baseURL) => {
    const { messages } = new Anthropic({ baseURL, apiKey: 'sk-simulator', maxRetries: 0 });
    return { create: () => messages.create(goodDay), stream: () => messages.stream(goodDay).finalMessage() };
  },
  '0.x': (baseURL) => {
    const { messages } = new LegacyAnthropic({ baseURL, apiKey: 'sk-simulator', maxRetries: 0 });
    return { create: () => messages.create(goodDay), stream: () => messages.stream(goodDay).finalMessage() };
  },
};

describe('the simulator', () => {
  let simulator: Simulator;
  let openai: OpenAI;

  beforeAll(async () => {
    simulator = await startSimulator({ requiredKey: 'sk-simulator' });
    openai = new OpenAI({ baseURL: simulator.url, apiKey: 'sk-simulator', maxRetries: 0 });
  });
  afterEach(() => simulator.reset());
  afterAll(() => simulator.close());

  const chat = (content: string, model = 'gpt-4o') => ({ model, messages: [{ role: 'user' as const, content }] });

  it('answers a chat completion and notes it in its ledger', async () => {
    const completion = await openai.chat.completions.create(chat('What is 6 * 7?'));
    expect(completion.choices[0]?.message.content).toContain('42');
    const [call] = simulator.calls();
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      model: 'gpt-4o',
      ending: 'complete',
      status: 200,
    });
    expect(call?.json).toMatchObject({ messages: [{ content: 'What is 6 * 7?' }] });
    expect(call?.usage).toMatchObject({ total_tokens: completion.usage?.total_tokens });
  });

  it('streams a chat completion with usage when it is asked for', async () => {
    const stream = await openai.chat.completions.create({
      ...chat('Say one two three'),
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let total = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      total = chunk.usage?.total_tokens ?? total;
    }
    expect(text).toBe('one two three');
    expect(total).toBeGreaterThan(3);
    const call = await simulator.waitFor(({ ending }) => ending === 'complete');
    expect(call.tokensSent).toBe(3);
    expect(simulator.usageByModel()).toMatchObject({ 'gpt-4o': { calls: 1, outputTokens: 3 } });
  });

  it('calls a tool that the prompt asks for', async () => {
    const completion = await openai.chat.completions.create({
      ...chat('How is the weather in Oslo?'),
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          },
        },
      ],
    });
    const call = completion.choices[0]?.message.tool_calls?.[0];
    expect(completion.choices[0]?.finish_reason).toBe('tool_calls');
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ city: 'Oslo' });
  });

  it('speaks the Responses API, buffered and streamed', async () => {
    const response = await openai.responses.create({ model: 'gpt-4o', input: 'Say hello there' });
    expect(response.output_text).toBe('hello there');
    const types: string[] = [];
    const stream = openai.responses.stream({ model: 'gpt-4o', input: 'Say hello there' });
    for await (const event of stream) types.push(event.type);
    expect(types[0]).toBe('response.created');
    expect(types.at(-1)).toBe('response.completed');
    expect((await stream.finalResponse()).output_text).toBe('hello there');
  });

  it('embeds, moderates, lists models and serves files, images and audio', async () => {
    const embedding = await openai.embeddings.create({
      model: 'text-embedding-3-small',
      input: ['a', 'b'],
      dimensions: 8,
    });
    expect(embedding.data.map(({ embedding: vector }) => vector.length)).toEqual([8, 8]);
    expect(
      (await openai.moderations.create({ input: 'hello', model: 'omni-moderation-latest' })).results[0]?.flagged,
    ).toBe(false);
    expect((await openai.models.list()).data.map(({ id }) => id)).toContain('gpt-4o');
    const file = await openai.files.create({ purpose: 'batch', file: new File(['{"a":1}\n'], 'a.jsonl') });
    expect(await (await openai.files.content(file.id)).text()).toBe('{"a":1}\n');
    const batch = await openai.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    expect((await openai.batches.cancel(batch.id)).status).toBe('cancelling');
    expect((await openai.files.delete(file.id)).deleted).toBe(true);
    const image = await openai.images.generate({ model: 'gpt-image-1', prompt: 'a cat', n: 2 });
    expect(image.data).toHaveLength(2);
    const speech = await openai.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello' });
    const audio = Buffer.from(await speech.arrayBuffer());
    expect(audio.subarray(0, 3).toString()).toBe('ID3');
    const text = await openai.audio.transcriptions.create({
      model: 'gpt-4o-transcribe',
      file: new File([audio], 'a.mp3'),
    });
    expect(text.usage).toMatchObject({ type: 'tokens' });
    expect(simulator.calls().at(-1)?.model).toBe('gpt-4o-transcribe');
  });

  it.each(Object.keys(messageClients))("serves Anthropic's SDK %s, buffered and streamed", async (version) => {
    const client = messageClients[version]?.(simulator.origin);
    const message = await client?.create();
    expect(message).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text', text: 'good day' }] });
    const streamed = await client?.stream();
    expect(streamed?.content).toEqual(message?.content);
    expect(streamed?.usage.output_tokens).toBe(message?.usage.output_tokens);
  });

  it("streams a tool call in Anthropic's format", async () => {
    const client = new Anthropic({ baseURL: simulator.origin, apiKey: 'sk-simulator', maxRetries: 0 });
    const message = await client.messages
      .stream({
        model: 'claude-sonnet-4-20250514',
        max_tokens: 200,
        messages: [{ role: 'user', content: 'Find the weather in Rome' }],
        tools: [{ name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }],
      })
      .finalMessage();
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content).toMatchObject([{ type: 'tool_use', name: 'get_weather', input: { city: 'Rome' } }]);
  });

  it('refuses a wrong key in the shape of the API that was called', async () => {
    const stranger = new OpenAI({ baseURL: simulator.url, apiKey: 'sk-other', maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toThrow(OpenAI.AuthenticationError);
    const client = new Anthropic({ baseURL: simulator.origin, apiKey: 'no', maxRetries: 0 });
    const request = { model: 'claude', max_tokens: 1, messages: [{ role: 'user' as const, content: 'x' }] };
    await expect(client.messages.create(request)).rejects.toMatchObject({ status: 401, type: 'authentication_error' });
  });

  it("answers at Azure's classic address with its filter results first", async () => {
    const url = `${simulator.origin}/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21`;
    const call = async (headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ messages: [{ role: 'user', content: 'Say hi' }], stream: true }),
      });
    expect((await call({ authorization: 'Bearer sk-simulator' })).status).toBe(401);
    const answer = await call({ 'api-key': 'sk-simulator' });
    const events = (await answer.text()).split('\n\n');
    expect(events[0]).toContain('"choices":[],');
    expect(events[0]).toContain('prompt_filter_results');
    expect(simulator.calls().at(-1)?.model).toBe('my-gpt');
  });

  it('echoes what passes through', async () => {
    const answer = await fetch(`${simulator.url}/echo/a?b=c`, {
      method: 'PUT',
      headers: { authorization: 'Bearer sk-simulator', 'x-own': '1' },
      body: 'abc',
    });
    expect(await answer.json()).toMatchObject({
      method: 'PUT',
      url: '/v1/echo/a?b=c',
      headers: { 'x-own': '1' },
      body: { length: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    });
  });

  it('notes that and when a client left', async () => {
    simulator.script('*', { stallAfterEvents: 2 });
    const stream = await openai.chat.completions.create({ ...chat('Tell me a long story'), stream: true });
    await simulator.waitFor(({ eventsSent }) => eventsSent === 2);
    stream.controller.abort();
    const call = await simulator.waitFor(({ ending }) => ending === 'aborted');
    expect(call.abortedAt?.monotonicMs).toBeGreaterThan(call.headersSentAt?.monotonicMs ?? Infinity);
    expect(call.eventsSent).toBe(2);
  });

  it('says which calls it got when the awaited one does not come', async () => {
    await openai.models.list();
    await expect(simulator.waitFor(() => false, 20)).rejects.toThrow(/The last of 1 calls:\nGET \/v1\/models/);
  });
});
