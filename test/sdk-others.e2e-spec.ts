import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { embed, generateText, jsonSchema, streamText, tool } from 'ai';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Simulator } from './support/start-simulator.js';

const run = promisify(execFile);
const PROMPT = 'Tell me something about the sea.';

describe('other clients', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator({ requiredKey: 'sk-mine' });
    gateway = await startGateway({ AI_GATEWAY_UPSTREAM: simulator.url });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  describe('the AI SDK', () => {
    const provider = () =>
      createOpenAICompatible({ name: 'gateway', baseURL: gateway.url, apiKey: 'sk-mine', includeUsage: true });

    it('generates and streams text', async () => {
      simulator.script('*', { answer: 'It is deep.', times: 2 });
      const generated = await generateText({ model: provider()('gpt-4o'), prompt: PROMPT, maxRetries: 0 });
      expect(generated.text).toBe('It is deep.');
      expect(generated.finishReason).toBe('stop');

      const streamed = streamText({ model: provider()('gpt-4o'), prompt: PROMPT, maxRetries: 0 });
      let text = '';
      for await (const delta of streamed.textStream) text += delta;
      expect(text).toBe('It is deep.');
      expect((await streamed.usage).outputTokens).toBeGreaterThan(0);
    });

    it('calls tools', async () => {
      const weather = tool({
        inputSchema: jsonSchema<{ city: string }>({
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
        }),
        execute: ({ city }) => `It is sunny in ${city}.`,
      });
      const { toolCalls } = await generateText({
        model: provider()('gpt-4o'),
        prompt: 'What is the weather in Paris?',
        tools: { get_weather: weather },
        toolChoice: 'required',
        maxRetries: 0,
      });

      expect(toolCalls[0]).toMatchObject({ toolName: 'get_weather', input: { city: expect.any(String) as unknown } });
    });

    it('embeds', async () => {
      const { embedding } = await embed({
        model: provider().embeddingModel('text-embedding-3-small'),
        value: 'the sea',
        maxRetries: 0,
      });

      expect(embedding.length).toBeGreaterThan(100);
    });

    it('tells errors with their status and message', async () => {
      simulator.script('*', { status: 422, error: { message: 'Too deep.' } });

      await expect(generateText({ model: provider()('gpt-4o'), prompt: PROMPT, maxRetries: 0 })).rejects.toMatchObject({
        statusCode: 422,
        message: 'Too deep.',
      });
    });
  });

  describe('LangChain', () => {
    const options = () => ({ apiKey: 'sk-mine', maxRetries: 0, configuration: { baseURL: gateway.url } });

    it('invokes and streams', async () => {
      simulator.script('*', { answer: 'It is deep.', times: 2 });
      const model = new ChatOpenAI({ model: 'gpt-4o', ...options() });

      const message = await model.invoke([new HumanMessage(PROMPT)]);
      expect(message.content).toBe('It is deep.');
      expect(message).toMatchObject({ usage_metadata: { output_tokens: expect.any(Number) as unknown } });

      let text = '';
      for await (const chunk of await model.stream(PROMPT)) text += chunk.text;
      expect(text).toBe('It is deep.');
    });

    it('embeds', async () => {
      const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', ...options() });

      expect((await embeddings.embedQuery('the sea')).length).toBeGreaterThan(100);
    });
  });

  describe('curl', () => {
    const curl = async (...parameters: readonly string[]): Promise<string> =>
      (await run('curl', ['--silent', '--show-error', '--no-buffer', ...parameters])).stdout;

    const postingJson = (body: string): string[] => ['-d', body, '-H', 'content-type: application/json'];

    it('streams the demo model, as the README says', async () => {
      const body = '{"model":"demo","stream":true,"messages":[{"role":"user","content":"Hi"}]}';
      const output = await curl(`${gateway.url}/chat/completions`, ...postingJson(body));

      expect(output).toMatch(/^data: \{/);
      expect(output).toMatch(/data: \[DONE\]\n\n$/);
    });

    it('sends a key, asks for the head, uploads a form', async () => {
      const key = ['-H', 'authorization: Bearer sk-mine'];
      const chat = await curl(
        '--include',
        `${gateway.url}/chat/completions`,
        ...key,
        ...postingJson(JSON.stringify(aChatRequest())),
      );
      expect(chat).toMatch(/^HTTP\/1.1 200 OK\r\n/);
      expect(chat.toLowerCase()).toContain('\r\nx-gateway-attempts: 1\r\n');

      const uploaded = await curl(
        `${gateway.url}/files`,
        ...key,
        '-F',
        'purpose=user_data',
        '-F',
        'file=@package.json',
      );
      expect(JSON.parse(uploaded)).toMatchObject({ object: 'file', filename: 'package.json' });
    });

    it('waits for 100 Continue before a large body, and gets it', async () => {
      const body = JSON.stringify(aChatRequest({ model: 'demo', user: 'a'.repeat(100_000) }));
      const output = await curl(
        '--include',
        `${gateway.url}/chat/completions`,
        ...postingJson(body),
        '-H',
        'expect: 100-continue',
      );

      expect(output).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n/);
    });
  });
});
