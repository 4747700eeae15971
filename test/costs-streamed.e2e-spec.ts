import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { WireFormat } from '../libs/openai/wire-format.js';
import { costNanoUsd } from '../libs/pricing/cost-nano-usd.js';
import { nanoUsdToDecimal } from '../libs/pricing/money.js';
import { parsePriceOverrides } from '../libs/pricing/price-overrides.js';
import { ANTHROPIC_FIXTURES } from '../libs/usage/fixtures/anthropic.fixtures.js';
import { COMPATIBLE_FIXTURES } from '../libs/usage/fixtures/compatible.fixtures.js';
import { OPENAI_FIXTURES } from '../libs/usage/fixtures/openai.fixtures.js';
import type { TokenUsage } from '../libs/usage/token-usage.js';
import type { ModelCall } from '../src/http/model-call.js';
import type { Target } from '../src/http/target.js';
import { EventStreamReader } from '../src/proxy/providers/event-stream-reader.js';
import { aChatRequest, post, recordOf } from './support/clients.js';
import { startGateway, type RunningGateway } from './support/start-gateway.js';
import { startSimulator, type Behaviour, type Simulator } from './support/start-simulator.js';

/** Every rate is another prime, so that a token charged as the wrong kind changes the cost. */
const RATES = {
  input: 2.713,
  cachedInput: 0.317,
  cacheWrite: 3.391,
  cacheWrite1h: 5.417,
  output: 10.837,
  reasoning: 11.939,
  audioInput: 37.571,
  audioOutput: 79.907,
  imageInput: 13.297,
  imageOutput: 41.411,
};
const MODEL = 'model-of-primes';
const PRICE = parsePriceOverrides({ [MODEL]: RATES }).get(MODEL)!;

/** What the simulator tells by itself and a fixture may not. */
const ABSENT = { completion_tokens: 0, prompt_tokens_details: null, completion_tokens_details: null };

const costOf = (usage: TokenUsage): string => nanoUsdToDecimal(costNanoUsd(usage, PRICE));

const chunkings = fc.oneof(
  fc.constant<NonNullable<Behaviour['chunking']>>('byte'),
  fc.constant<NonNullable<Behaviour['chunking']>>('whole'),
  fc.constant<NonNullable<Behaviour['chunking']>>('event'),
  fc.integer({ min: 2, max: 9 }).map((eventsPerChunk) => ({ eventsPerChunk })),
  fc.record({ seed: fc.nat(), maxBytes: fc.integer({ min: 1, max: 300 }) }),
);

describe('a streamed answer costs what the same answer costs buffered', () => {
  let simulator: Simulator;
  let gateway: RunningGateway;

  beforeAll(async () => {
    simulator = await startSimulator();
    gateway = await startGateway({
      AI_GATEWAY_UPSTREAM: simulator.url,
      AI_GATEWAY_PRICES: JSON.stringify({ [MODEL]: RATES }),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await simulator.close();
  });

  const chat = aChatRequest({ model: MODEL });
  const requests = {
    chat: { path: '/chat/completions', body: chat },
    messages: { path: '/messages', body: { ...chat, max_tokens: 100 } },
    responses: { path: '/responses', body: { model: MODEL, input: 'Tell me something about the sea.' } },
  };

  const costs = async (format: keyof typeof requests, behaviour: Behaviour): Promise<string[]> => {
    const { path, body } = requests[format];
    const headers = { 'x-gateway-include-cost': 'true' };
    simulator.script(MODEL, { answer: 'The sea is deep.', ...behaviour });
    const buffered = await post(gateway.url + path, body, { headers });
    simulator.script(MODEL, { answer: 'The sea is deep.', ...behaviour });
    const streamed = await post(gateway.url + path, { ...body, stream: true }, { headers });
    expect([buffered.status, streamed.status]).toEqual([200, 200]);
    const ofStream = [...streamed.text.matchAll(/"cost":([\d.]+)/g)].at(-1)?.[1] ?? 'none';
    const records = await Promise.all(
      [buffered, streamed].map(({ headers: answered }) => recordOf(gateway.origin, answered.get('x-request-id') ?? '')),
    );
    return [
      buffered.headers.get('x-cost-usd') ?? 'none',
      /"cost":([\d.]+)/.exec(buffered.text)?.[1] ?? 'none',
      ofStream,
      ...records.map(({ costUsd }) => nanoUsdToDecimal(Math.round((costUsd ?? NaN) * 1e9))),
    ];
  };

  const openAi = [...OPENAI_FIXTURES, ...COMPATIBLE_FIXTURES].filter(
    ({ raw }) => typeof raw === 'object' && raw !== null && 'prompt_tokens' in raw,
  );
  it.each(openAi.map((fixture) => [fixture.name, fixture] as const))(
    'on chat completions: %s',
    async (_name, { raw, expected }) => {
      await fc.assert(
        fc.asyncProperty(chunkings, async (chunking) => {
          const behaviour = { usage: { values: { ...ABSENT, ...(raw as object) } }, chunking };
          expect(new Set(await costs('chat', behaviour))).toEqual(new Set([costOf(expected)]));
        }),
        { numRuns: 4 },
      );
    },
  );

  it.each(ANTHROPIC_FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'on messages: %s',
    async (_name, { raw, expected }) => {
      await fc.assert(
        fc.asyncProperty(chunkings, async (chunking) => {
          const behaviour = { usage: { values: raw as Record<string, unknown> }, chunking };
          expect(new Set(await costs('messages', behaviour))).toEqual(new Set([costOf(expected)]));
        }),
        { numRuns: 4 },
      );
    },
  );

  it.each(['chat', 'messages', 'responses'] as const)(
    'on %s, wherever and however often usage is told',
    async (format) => {
      const shapes = fc.constantFrom('normal', 'always', 'cumulative', 'with-choices', 'on-finish', 'early');
      await fc.assert(
        fc.asyncProperty(shapes, chunkings, async (shape, chunking) => {
          const found = new Set(await costs(format, { usage: { shape }, chunking }));
          expect(found.size).toBe(1);
          expect(found).not.toContain('none');
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(['none', 'null'] as const)('also when it has to be counted: usage %s', async (shape) => {
    simulator.script(
      MODEL,
      { usage: { shape }, answer: 'The sea is deep.' },
      { usage: { shape }, answer: 'The sea is deep.' },
    );
    const buffered = await post(`${gateway.url}/chat/completions`, chat);
    const streamed = await post(`${gateway.url}/chat/completions`, { ...chat, stream: true });
    const [one, other] = await Promise.all(
      [buffered, streamed].map(({ headers }) => recordOf(gateway.origin, headers.get('x-request-id') ?? '')),
    );
    expect(one).toMatchObject({ usageSource: 'estimated', outputTokens: 5 });
    expect(other).toMatchObject({ usageSource: 'estimated', outputTokens: 5, costUsd: one?.costUsd });
    expect(buffered.headers.get('x-cost-usd')).toBe(String(one?.costUsd));
  });
});

describe('the usage of a recorded stream is the same wherever its bytes are split', () => {
  const folders = ['libs/openai/fixtures', 'libs/anthropic/fixtures'];
  const streams = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.sse') && !/error|failed/.test(name))
      .map((name) => [name, `${folder}/${name}`] as const),
  );
  const formatOf = (name: string): WireFormat => {
    const [kind] = name.split('-');
    return kind === 'images' || kind === 'messages' || kind === 'responses' || kind === 'completions'
      ? kind
      : kind === 'chat'
        ? 'chat'
        : 'audio';
  };
  const usageOf = (name: string, chunks: readonly Buffer[]): TokenUsage | undefined => {
    let usage: TokenUsage | undefined;
    const call = { format: formatOf(name), isStream: true, wantsUsage: true } as unknown as ModelCall;
    const target = { upstream: { name: 'recorded' } } as unknown as Target;
    const reader = new EventStreamReader(call, target, (event) => (usage = event.usage ?? usage));
    for (const chunk of chunks) reader.push(chunk);
    reader.end();
    return usage;
  };

  it.each(streams)('%s', (name, path) => {
    const bytes = readFileSync(path);
    const whole = usageOf(name, [bytes]);
    const expected = whole && costOf(whole);
    for (let at = 1; at < bytes.length; at += 1) {
      const usage = usageOf(name, [bytes.subarray(0, at), bytes.subarray(at)]);
      if ((usage && costOf(usage)) !== expected) throw new Error(`split at ${at}: ${JSON.stringify(usage)}`);
    }
  });
});
