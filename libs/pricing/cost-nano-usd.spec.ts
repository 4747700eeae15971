import fc from 'fast-check';
import { aUsage } from '../usage/fixtures/usage-fixture.js';
import { toTokenUsage } from '../usage/to-token-usage.js';
import { MAX_TOKENS, NO_USAGE, type TokenUsage } from '../usage/token-usage.js';
import { costNanoUsd, isCostKnown } from './cost-nano-usd.js';
import { DEMO_PRICE, type ModelPrice } from './model-price.js';

const COUNTS = Object.keys(NO_USAGE) as readonly (keyof TokenUsage)[];
const RATES = [
  'cachedInput',
  'cacheWrite',
  'cacheWrite1h',
  'reasoning',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const;

const GPT_4O: ModelPrice = { input: 2_500_000, cachedInput: 1_250_000, output: 10_000_000, source: 'test' };

describe('costNanoUsd', () => {
  it('charges input, cached input and output at their rates', () => {
    const usage = aUsage({ inputTokens: 2_006, cachedInputTokens: 1_920, outputTokens: 300, reasoningTokens: 192 });
    // 86 × 2.50 + 1,920 × 1.25 + 300 × 10, USD per million
    expect(costNanoUsd(usage, GPT_4O)).toBe(5_615_000);
  });

  it('charges cache writes of five minutes and of an hour', () => {
    const price = { ...GPT_4O, input: 3_000_000, cachedInput: 300_000, cacheWrite: 3_750_000, cacheWrite1h: 6_000_000 };
    const usage = aUsage({
      inputTokens: 47_100,
      cachedInputTokens: 40_000,
      cacheWriteTokens: 7_000,
      cacheWrite1hTokens: 2_000,
    });
    expect(costNanoUsd(usage, price)).toBe(300_000 + 12_000_000 + 18_750_000 + 12_000_000);
  });

  it('takes the input or the output rate where one is missing', () => {
    const price: ModelPrice = { input: 1_000, output: 7_000, source: 'test' };
    const parts = aUsage({
      inputTokens: 40,
      cachedInputTokens: 10,
      cacheWriteTokens: 10,
      cacheWrite1hTokens: 5,
      audioInputTokens: 10,
      imageInputTokens: 10,
      outputTokens: 30,
      reasoningTokens: 10,
      audioOutputTokens: 10,
      imageOutputTokens: 10,
    });
    expect(costNanoUsd(parts, price)).toBe(40 + 30 * 7);
  });

  it('charges cached tokens as cached whatever their kind, and audio only for what remains', () => {
    const price: ModelPrice = { input: 1_000, cachedInput: 100_000, audioInput: 7_000, output: 0, source: 'test' };
    const usage = aUsage({ inputTokens: 10, cachedInputTokens: 8, audioInputTokens: 9 });
    expect(costNanoUsd(usage, price)).toBe(8 * 100 + 2 * 7);
  });

  it.each([
    [499, 0],
    [500, 1],
    [1_499, 1],
    [1_500, 2],
  ])('rounds %d pico-USD to %d nano-USD', (input, nanoUsd) => {
    expect(costNanoUsd(aUsage({ inputTokens: 1 }), { input, output: 0, source: 'test' })).toBe(nanoUsd);
  });

  it('rounds once for the request and not for each part', () => {
    const usage = aUsage({ inputTokens: 2, cachedInputTokens: 1, outputTokens: 1 });
    expect(costNanoUsd(usage, { input: 400, cachedInput: 400, output: 400, source: 'test' })).toBe(1);
  });

  it('charges the request itself and the hours of audio, where those are sold', () => {
    const price: ModelPrice = {
      input: 0,
      output: 0,
      perRequest: 12_000_000_000,
      audioHour: 360_000_000_000,
      source: 'test',
    };
    expect(costNanoUsd(NO_USAGE, price)).toBe(12_000_000);
    expect(costNanoUsd({ ...NO_USAGE, audioMs: 27_000 }, price)).toBe(12_000_000 + 2_700_000);
  });

  it('does not know the cost of audio whose length was not reported', () => {
    const price: ModelPrice = { input: 0, output: 0, audioHour: 360_000_000_000, source: 'test' };
    expect(isCostKnown(aUsage({ inputTokens: 12 }), price)).toBe(false);
    expect(isCostKnown({ ...NO_USAGE, audioMs: 0 }, price)).toBe(true);
    expect(isCostKnown(NO_USAGE, GPT_4O)).toBe(true);
  });

  it('charges nothing for the demo model', () => {
    expect(costNanoUsd(aUsage({ inputTokens: MAX_TOKENS, outputTokens: MAX_TOKENS }), DEMO_PRICE)).toBe(0);
  });

  it('stays a safe integer for the largest usage at the dearest price', () => {
    const price: ModelPrice = { input: 10 ** 12, output: 10 ** 12, source: 'test' };
    const cost = costNanoUsd(aUsage({ inputTokens: MAX_TOKENS, outputTokens: MAX_TOKENS }), price);
    expect(cost).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('equals the sum of what each single token costs, rounded half up', () => {
    fc.assert(
      fc.property(someUsage(60), somePrice(), (usage, price) => {
        expect(costNanoUsd(usage, price)).toBe(costTokenByToken(usage, price));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never negative and never falls when a token more is used', () => {
    fc.assert(
      fc.property(someUsage(MAX_TOKENS / 2), somePrice(), fc.boolean(), (usage, price, isInput) => {
        const more = isInput
          ? { ...usage, inputTokens: usage.inputTokens + 1 }
          : { ...usage, outputTokens: usage.outputTokens + 1 };
        const cost = costNanoUsd(usage, price);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(costNanoUsd(more, price)).toBeGreaterThanOrEqual(cost);
      }),
    );
  });

  it('never falls when a rate rises', () => {
    fc.assert(
      fc.property(someUsage(1e6), somePrice(), fc.constantFrom('input', 'output', ...RATES), (usage, price, rate) => {
        const current = price[rate];
        if (current === undefined) return;
        const dearer = { ...price, [rate]: current + 1_000 };
        expect(costNanoUsd(usage, dearer)).toBeGreaterThanOrEqual(costNanoUsd(usage, price));
      }),
    );
  });

  it('costs two halves of a request as much as the whole, but for a nano of rounding', () => {
    fc.assert(
      fc.property(someSeparateUsage(), someSeparateUsage(), somePrice(), (one, two, price) => {
        const halves = costNanoUsd(one, price) + costNanoUsd(two, price);
        expect(Math.abs(costNanoUsd(sumOf(one, two), price) - halves)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

function someUsage(most: number): fc.Arbitrary<TokenUsage> {
  const count = fc.integer({ min: 0, max: most });
  return fc.tuple(...COUNTS.map(() => count)).map((counts) => {
    const raw = countsFrom(counts);
    const read = toTokenUsage({
      prompt_tokens: raw.inputTokens,
      completion_tokens: raw.outputTokens,
      prompt_tokens_details: {
        cached_tokens: raw.cachedInputTokens,
        cache_write_tokens: raw.cacheWriteTokens,
        audio_tokens: raw.audioInputTokens,
        image_tokens: raw.imageInputTokens,
      },
      completion_tokens_details: {
        reasoning_tokens: raw.reasoningTokens,
        audio_tokens: raw.audioOutputTokens,
        image_tokens: raw.imageOutputTokens,
      },
      cache_creation: { ephemeral_1h_input_tokens: raw.cacheWrite1hTokens },
    });
    return read ?? NO_USAGE;
  });
}

function somePrice(): fc.Arbitrary<ModelPrice> {
  const rate = fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 600_000_000 }));
  const optional = Object.fromEntries(RATES.map((name) => [name, rate]));
  return fc
    .record({ input: rate, output: rate, ...optional }, { requiredKeys: ['input', 'output'] })
    .map((rates) => ({ ...rates, source: 'test' }));
}

/** Usage whose parts do not overlap: no audio or image token is a cached one, so nothing is cut when it is charged. */
function someSeparateUsage(): fc.Arbitrary<TokenUsage> {
  return fc.tuple(...COUNTS.map(() => fc.integer({ min: 0, max: 1e6 }))).map((counts) => {
    const usage = countsFrom(counts);
    return {
      ...usage,
      cacheWriteTokens: usage.cacheWriteTokens + usage.cacheWrite1hTokens,
      inputTokens:
        usage.inputTokens +
        usage.cachedInputTokens +
        usage.cacheWriteTokens +
        usage.cacheWrite1hTokens +
        usage.audioInputTokens +
        usage.imageInputTokens,
      outputTokens: usage.outputTokens + usage.reasoningTokens + usage.audioOutputTokens + usage.imageOutputTokens,
    };
  });
}

function countsFrom(counts: readonly number[]): TokenUsage {
  return aUsage(Object.fromEntries(COUNTS.map((name, at) => [name, counts[at] ?? 0])));
}

function sumOf(one: TokenUsage, two: TokenUsage): TokenUsage {
  return countsFrom(COUNTS.map((name) => (one[name] ?? 0) + (two[name] ?? 0)));
}

/** The slow way: gives every token a rate of its own, then rounds the sum as a fraction. */
function costTokenByToken(usage: TokenUsage, price: ModelPrice): number {
  const input: number[] = Array.from({ length: usage.inputTokens }, () => price.input);
  const output: number[] = Array.from({ length: usage.outputTokens }, () => price.output);
  const write = price.cacheWrite ?? price.input;
  paint(input, [
    [usage.cachedInputTokens, price.cachedInput ?? price.input],
    [usage.cacheWrite1hTokens, price.cacheWrite1h ?? write],
    [usage.cacheWriteTokens - usage.cacheWrite1hTokens, write],
    [usage.audioInputTokens, price.audioInput ?? price.input],
    [usage.imageInputTokens, price.imageInput ?? price.input],
  ]);
  paint(output, [
    [usage.reasoningTokens, price.reasoning ?? price.output],
    [usage.audioOutputTokens, price.audioOutput ?? price.output],
    [usage.imageOutputTokens, price.imageOutput ?? price.output],
  ]);
  const picoUsd = [...input, ...output].reduce((total, rate) => total + BigInt(rate), 0n);
  const remainder = picoUsd % 1_000n;
  return Number(picoUsd / 1_000n + (remainder >= 500n ? 1n : 0n));
}

function paint(tokens: number[], parts: readonly (readonly [count: number, rate: number])[]): void {
  let from = 0;
  for (const [count, rate] of parts) {
    tokens.fill(rate, from, from + count);
    from += count;
  }
}
