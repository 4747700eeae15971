import fc from 'fast-check';
import { backAtBaseline } from './support/baseline.js';
import { aChatRequest, post, recordOf } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Behaviour, type Simulator } from './support/start-simulator.js';

/** What no JSON library would write again as it was. */
const ODD_MEMBERS = String.raw`"temperature":1e400,"seed":9223372036854775808,"top_p":0.10000000000000000000000001,"future_field":{"b":1,"a":[1.0,-0,1E5]},"user":"\u00e9\/\ud83d\ude00 é😀","2":"two","1":"one"`;
const MESSAGES = '"messages":[{"role":"user","content":"Hi"}]';

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const content = (text: string): string =>
  `data: {"id":"c1", "choices":[{"index":0,"delta":{"content":"${text}"},"finish_reason":null}],"usage":null}\n\n`;
const FINISH = 'data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}\n\n';
const USAGE_EVENT = `data: {"id":"c1","choices":[],"usage":${JSON.stringify(usage)}}\n\n`;
const DONE = 'data: [DONE]\n\n';

describe('bytes on their way', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_MODEL_ROUTES: 'fast=gpt-4o-mini:default',
      AI_GATEWAY_PRICES: JSON.stringify({ 'gpt-4o': { input: 1_000, output: 1_000 } }),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });
  beforeEach(() => simulator.reset());
  afterEach(() => backAtBaseline(gateway));

  async function sent(body: string, path = '/chat/completions'): Promise<string> {
    simulator.reset();
    simulator.script('*', { answer: 'Fine.' });
    const answer = await post(gateway.url + path, body);
    expect(answer.status).toBe(200);
    return simulator.calls()[0]?.body.toString() ?? '';
  }

  describe('of a request', () => {
    it.each([
      ['chat', '/chat/completions', `{ "model" : "gpt-4o",\n\t${ODD_MEMBERS},${MESSAGES} }\n`],
      ['embeddings', '/embeddings', `{"input":"Hi",${ODD_MEMBERS},"model":"text-embedding-3-small"}`],
      ['messages', '/messages', `{${ODD_MEMBERS},"model":"claude-sonnet-4-20250514","max_tokens":9,${MESSAGES}}`],
      ['responses', '/responses', `{${ODD_MEMBERS},"model":"gpt-4o","input":"Hi","stream":true}`],
      [
        'a stream that asks for usage',
        '/chat/completions',
        `{"stream":true,"stream_options":{"include_usage":true,"x":1e400},${ODD_MEMBERS},"model":"gpt-4o",${MESSAGES}}`,
      ],
    ])('stay as they are: %s', async (_name, path, body) => {
      expect(await sent(body, path)).toBe(body);
    });

    it('change in the name of the model alone when an alias maps it', async () => {
      const body = `{${ODD_MEMBERS}, "model" : "f\\u0061st" ,${MESSAGES},"metadata":{"model":"fast"}}`;

      expect(await sent(body)).toBe(body.replace('"f\\u0061st"', '"gpt-4o-mini"'));
    });

    it.each([
      [
        `{"stream":true,${ODD_MEMBERS},"model":"gpt-4o",${MESSAGES}}`,
        /,"stream_options":\{"include_usage":true\}(?=\}$)/,
      ],
      [
        `{"stream_options":{"include_obfuscation":false},"stream":true,"model":"gpt-4o",${MESSAGES}}`,
        /,"include_usage":true/,
      ],
      [`{"stream_options":{},"stream":true,"model":"gpt-4o",${MESSAGES}}`, /"include_usage":true/],
    ])('change in the wish for usage alone: %s', async (body, added) => {
      const upstream = await sent(body);

      expect(upstream).toMatch(added);
      expect(upstream.replace(added, '')).toBe(body);
    });

    it.each([
      ['null', 'null', '{"include_usage":true}'],
      ['a refusal of usage', '{"include_usage":false}', '{"include_usage":true}'],
    ])('change in the wish for usage alone where it was %s', async (_name, before, after) => {
      const body = (options: string): string =>
        `{"model":"gpt-4o","stream_options":${options},"stream":true,${MESSAGES}}`;

      expect(await sent(body(before))).toBe(body(after));
    });
  });

  describe('of an answer', () => {
    it('stay as they are', async () => {
      const body = `{"id":"x",  "choices":[{"index":0,"message":{"role":"assistant","content":"\\u00e9 é"}}],${ODD_MEMBERS},"usage":{"prompt_tokens":1e0,"completion_tokens":2}}\n`;
      simulator.script('*', { body });

      expect((await post(`${gateway.url}/chat/completions`, aChatRequest())).text).toBe(body);
    });

    it('keep the lines of events, and drop the comments of the upstream', async () => {
      const events = [
        ': comment\n\n',
        `event: chunk\nid: 7\nretry: 100\n${content('one')}`,
        `:heartbeat\n${content('two')}`,
        `data:{"id":"c1",\ndata: "choices":[{"index":0,"delta":{"content":"three"}}]}\r\n\r\n`,
        FINISH,
        DONE,
      ];
      simulator.script('*', { sse: events });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }));

      expect(answer.text).toBe(events.join('').replace(': comment\n\n', '').replace(':heartbeat\n', ''));
    });

    it('hide the usage event from a client that did not ask, and count it', async () => {
      simulator.script('*', { sse: [content('one'), FINISH, USAGE_EVENT, DONE] });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }));

      expect(answer.text).toBe(content('one') + FINISH + DONE);
      const record = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
      expect(record).toMatchObject({ inputTokens: 3, outputTokens: 2, usageSource: 'upstream' });
    });

    it('show the usage event to a client that asked', async () => {
      simulator.script('*', { sse: [content('one'), FINISH, USAGE_EVENT, DONE] });
      const request = aChatRequest({ stream: true, stream_options: { include_usage: true } });

      expect((await post(`${gateway.url}/chat/completions`, request)).text).toBe(
        content('one') + FINISH + USAGE_EVENT + DONE,
      );
    });

    it('pass a usage event that has choices whole', async () => {
      const both = USAGE_EVENT.replace('"choices":[]', '"choices":[{"index":0,"delta":{}}]');
      simulator.script('*', { sse: [content('one'), FINISH, both, DONE] });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }));

      expect(answer.text).toBe(content('one') + FINISH + both + DONE);
    });
  });

  describe('with X-Gateway-Include-Cost', () => {
    const headers = { 'x-gateway-include-cost': 'true' };
    // 5 tokens at 1,000 USD a million.
    const costUsd = 0.005;

    it('an answer has its cost in the usage, and nothing else changes', async () => {
      const body = (cost: string): string =>
        `{"choices":[{"index":0,"message":{"content":"x"}}], "usage":{"prompt_tokens":3,"completion_tokens":2${cost}}}`;
      simulator.script('*', { body: body('') });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest(), { headers });

      expect(answer.text).toBe(body(`,"cost":${costUsd}`));
      expect(answer.headers.get('x-cost-usd')).toBe(String(costUsd));
      expect(answer.headers.get('content-length')).toBe(String(answer.text.length));
    });

    it('a stream has its cost in the last usage event, asked for or not', async () => {
      simulator.script('*', { sse: [content('one'), FINISH, USAGE_EVENT, DONE] });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }), { headers });

      const shown = USAGE_EVENT.replace('"total_tokens":5', `"total_tokens":5,"cost":${costUsd}`);
      expect(answer.text).toBe(content('one') + FINISH + shown + DONE);
    });

    it('a stream that says its usage on the way has its cost too', async () => {
      simulator.script('*', { answer: 'The sea.', usage: { shape: 'cumulative' } });

      const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }), { headers });

      const last = answer.events().at(-2) ?? '';
      const { cost } = (JSON.parse(last) as { usage: { cost: number } }).usage;
      const record = await recordOf(gateway.origin, answer.headers.get('x-request-id') ?? '');
      expect(cost).toBe(record.costUsd);
    });
  });

  it('give the same stream however the upstream cuts it', async () => {
    const text = [
      `: hi\n\n`,
      content('é😀'),
      content('zwei').replaceAll('\n', '\r\n'),
      content('drei'),
      FINISH,
      USAGE_EVENT,
      DONE,
    ].join('');
    const expected = text.replace(': hi\n\n', '').replace(USAGE_EVENT, '');
    const chunkings: fc.Arbitrary<Behaviour> = fc.record({
      chunking: fc.oneof(
        fc.constantFrom('byte', 'whole', 'event' as const),
        fc.record({ seed: fc.nat(), maxBytes: fc.integer({ min: 1, max: 200 }) }),
        fc.record({ eventsPerChunk: fc.integer({ min: 1, max: 8 }) }),
      ),
    }) as fc.Arbitrary<Behaviour>;

    await fc.assert(
      fc.asyncProperty(chunkings, async (chunking) => {
        simulator.script('*', { sse: text, ...chunking });
        const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }));
        expect(answer.text).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('of a stream come with the headers that keep proxies from holding it back', async () => {
    const answer = await post(`${gateway.url}/chat/completions`, aChatRequest({ stream: true }), {
      headers: { 'accept-encoding': 'gzip, br' },
    });

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(answer.headers.get('content-encoding')).toBeNull();
  });
});
