import fc from 'fast-check';
import { demoReply, type DemoReply } from './demo-reply.js';

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

interface Choice {
  readonly index: number;
  readonly finish_reason: string | null;
  readonly message: { readonly content: string | null; readonly tool_calls?: readonly ToolCall[] };
  readonly delta: { readonly content?: string };
}

interface ToolCall {
  readonly function: { readonly name: string; readonly arguments: string };
}

interface Chat {
  readonly choices: readonly Choice[];
  readonly usage: Usage | null;
}

const options = { id: () => 'fixed', nowSeconds: () => 1_700_000_000 };
const post = (path: string, body: unknown) => demoReply({ method: 'POST', path, body }, options);
const textOf = ({ frames }: DemoReply) => [...frames].map(({ text }) => text).join('');
const bodyOf = <Body>(reply: DemoReply) => JSON.parse(textOf(reply)) as Body;
const dataOf = <Data>(reply: DemoReply) =>
  [...textOf(reply).matchAll(/^data: (\{.*\})$/gm)].map(([, data]) => JSON.parse(data ?? '') as Data);
const chat = (content: unknown, more: object = {}) =>
  post('/chat/completions', { model: 'demo', messages: [{ role: 'user', content }], ...more });
const say = (content: unknown, more: object = {}) => bodyOf<Chat>(chat(content, more)).choices[0]?.message.content;

describe('the demo model', () => {
  it.each([
    ['Hi', /^Hello! I am the \*\*demo model\*\*/],
    ['What do you cost?', /free/],
    ['what is 12 * (3 + 4)?', /= \*\*84\*\*/],
    ['Reverse: gateway', /^yawetag$/],
    ['Repeat after me: good morning', /^good morning$/],
    ['Show me a table', /\| :-/],
    ['Give me a list', /^1\. /m],
    ['Show me some markdown', /^# .*[\s\S]*^## .*[\s\S]*^\| /m],
    ['Write a function in Python', /```python\ndef /],
    ['Write some SQL', /```sql\nSELECT/],
    ['Why is the sky blue?', /^You said: "Why is the sky blue\?"/],
  ])('answers %j sensibly', (prompt, answer) => {
    expect(say(prompt)).toMatch(answer);
  });

  it('tells a long story, so that a stream can be watched', () => {
    expect([...chat('Tell me a long story', { stream: true }).frames].length).toBeGreaterThan(300);
  });

  it('paces a stream by tokens and sends a buffered answer at once', () => {
    const body = { model: 'demo', messages: [{ role: 'user', content: 'Say a b c d' }] };
    const total = (stream: boolean) => {
      const request = { method: 'POST', path: '/chat/completions', body: { ...body, stream } };
      return [...demoReply(request, { tokensPerSecond: 10 }).frames].reduce((sum, { afterMs }) => sum + afterMs, 0);
    };
    expect(total(true)).toBe(400);
    expect(total(false)).toBe(0);
  });

  it('says the same streamed as buffered, with the same usage', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80, unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (prompt, maxTokens) => {
          const more = { max_tokens: maxTokens, n: 2, stop: ['demo'] };
          const buffered = bodyOf<Chat>(chat(prompt, more));
          const chunks = dataOf<Chat>(chat(prompt, { ...more, stream: true, stream_options: { include_usage: true } }));
          for (const { index, message, finish_reason } of buffered.choices) {
            const own = chunks.flatMap(({ choices }) => choices).filter((choice) => choice.index === index);
            expect(own.map(({ delta }) => delta.content ?? '').join('')).toBe(message.content);
            expect(own.at(-1)?.finish_reason).toBe(finish_reason);
          }
          expect(chunks.at(-1)).toMatchObject({ choices: [], usage: buffered.usage });
          const { usage } = buffered;
          expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
          expect(usage?.completion_tokens).toBeLessThanOrEqual(2 * maxTokens);
        },
      ),
    );
  });

  it('stops at max_tokens and at a stop sequence', () => {
    const { choices, usage } = bodyOf<Chat>(chat('Tell me a long story', { max_tokens: 5 }));
    expect(choices[0]?.finish_reason).toBe('length');
    expect(usage?.completion_tokens).toBe(5);
    expect(say('Say one two three', { stop: ' three' })).toBe('one two');
  });

  it('sends no usage on a stream that did not ask for it, and null in the events before it when it did', () => {
    expect(textOf(chat('Hi', { stream: true }))).not.toContain('usage');
    const chunks = dataOf<Chat>(chat('Hi', { stream: true, stream_options: { include_usage: true } }));
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  const weather = {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Current weather of a city',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
        required: ['city', 'unit'],
      },
    },
  };

  it('calls a tool when the prompt asks for what it does, else answers', () => {
    const [choice] = bodyOf<Chat>(chat('What is the weather in New York in Fahrenheit?', { tools: [weather] })).choices;
    expect(choice?.finish_reason).toBe('tool_calls');
    expect(JSON.parse(choice?.message.tool_calls?.[0]?.function.arguments ?? '')).toEqual({
      city: 'New York',
      unit: 'fahrenheit',
    });
    expect(say('Hi', { tools: [weather] })).toMatch(/^Hello/);
    expect(say('weather?', { tools: [weather], tool_choice: 'none' })).toMatch(/^You said/);
    expect(say('Hi', { tools: [weather], tool_choice: 'required' })).toBeNull();
  });

  it('tells what a tool answered', () => {
    const messages = [
      { role: 'user', content: 'weather in Oslo' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: '4 degrees' },
    ];
    const reply = bodyOf<Chat>(post('/chat/completions', { model: 'demo', messages, tools: [weather] }));
    expect(reply.choices[0]?.message.content).toContain('`get_weather` answered: 4 degrees');
  });

  it('answers in JSON, and in the schema it is given', () => {
    expect(JSON.parse(say('Hi', { response_format: { type: 'json_object' } }) ?? '')).toHaveProperty('answer');
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        age: { type: 'integer', minimum: 18 },
        tags: { type: 'array', items: { $ref: '#/$defs/tag' } },
      },
      required: ['name', 'age', 'tags'],
      $defs: { tag: { enum: ['red', 'blue'] } },
    };
    const format = { type: 'json_schema', json_schema: { name: 'person', schema } };
    expect(JSON.parse(say('A person named "Eve", 7, blue', { response_format: format }) ?? '')).toEqual({
      name: 'Eve',
      age: 18,
      tags: ['blue'],
    });
  });

  it('acknowledges an image', () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
    ];
    expect(say(content)).toMatch(/^You sent me an image and wrote: "What is this\?"/);
  });

  it('gives vectors of length 1 that depend on the text alone, as numbers or base64', () => {
    interface Embeddings {
      readonly data: readonly { readonly embedding: number[] & string }[];
    }
    const embed = (input: unknown, more: object = {}) =>
      bodyOf<Embeddings>(post('/embeddings', { model: 'demo', input, dimensions: 64, ...more })).data.map(
        ({ embedding }) => embedding,
      );
    const [cat = [], kitten = [], market = []] = embed(['the cat sat down', 'the cat lay down', 'stock market prices']);
    const dot = (left: number[], right: number[]) =>
      left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0);
    expect(dot(cat, cat)).toBeCloseTo(1, 5);
    expect(dot(cat, kitten)).toBeGreaterThan(dot(cat, market));
    const [encoded = ''] = embed('the cat sat down', { encoding_format: 'base64' });
    const bytes = Buffer.from(String(encoded), 'base64');
    expect(Array.from({ length: 64 }, (_, place) => bytes.readFloatLE(place * 4))).toEqual(cat);
  });

  it('numbers the events of a response and ends with what the buffered answer holds', () => {
    interface Event {
      readonly type: string;
      readonly sequence_number: number;
      readonly response?: unknown;
    }
    const request = { model: 'demo', input: 'Tell me a long story', max_output_tokens: 4 };
    const events = dataOf<Event>(post('/responses', { ...request, stream: true }));
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)).toMatchObject({ type: 'response.incomplete' });
    expect(events.at(-1)?.response).toEqual(bodyOf(post('/responses', request)));
  });

  it('says which parameter is missing, in the shape of the API', () => {
    expect(bodyOf(post('/chat/completions', { model: 'demo' }))).toMatchObject({ error: { param: 'messages' } });
    const messages = [{ role: 'user', content: 'Hi' }];
    expect(bodyOf(post('/messages', { model: 'demo', messages }))).toMatchObject({
      type: 'error',
      error: { message: 'max_tokens: Field required' },
    });
    expect(post('/unknown', {}).status).toBe(404);
    expect(demoReply({ method: 'GET', path: '/models/gpt-4o', body: undefined }).status).toBe(404);
    expect(bodyOf(demoReply({ method: 'GET', path: '/models', body: undefined }))).toMatchObject({
      data: [{ id: 'demo' }],
    });
  });

  it('never throws, and only ever sends JSON, whatever the body', () => {
    const paths = ['/chat/completions', '/completions', '/responses', '/messages', '/embeddings', '/moderations'];
    const key = fc.constantFrom(
      'messages',
      'input',
      'prompt',
      'tools',
      'n',
      'stop',
      'stream',
      'max_tokens',
      'response_format',
      'content',
      'role',
      'type',
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('user', 'text', '', 1, 2, true, null, 'json_schema', 'Hi'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.dictionary(key, tree), (path, body) => {
        const reply = post(path, { ...body, model: 'demo', dimensions: 8 });
        if (reply.headers['content-type'] === 'application/json') bodyOf(reply);
        else dataOf(reply);
      }),
      { numRuns: 500 },
    );
  });

  it('counts a prompt of 20 MB without holding up the event loop for long', () => {
    const prompt = 'word '.repeat(4_000_000);
    expect(bodyOf<Chat>(chat(prompt)).usage?.prompt_tokens).toBeGreaterThan(4_000_000);
  });
});
