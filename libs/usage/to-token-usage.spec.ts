import fc from 'fast-check';
import { ANTHROPIC_FIXTURES } from './fixtures/anthropic.fixtures.js';
import { COMPATIBLE_FIXTURES } from './fixtures/compatible.fixtures.js';
import { OPENAI_FIXTURES } from './fixtures/openai.fixtures.js';
import { aUsage } from './fixtures/usage-fixture.js';
import { toTokenUsage } from './to-token-usage.js';
import { MAX_TOKENS, type TokenUsage } from './token-usage.js';

const FIXTURES = [...OPENAI_FIXTURES, ...COMPATIBLE_FIXTURES, ...ANTHROPIC_FIXTURES];

describe('toTokenUsage', () => {
  it.each(FIXTURES)('reads $name', ({ raw, expected }) => {
    expect(toTokenUsage(raw)).toEqual(expected);
  });

  it.each(FIXTURES)('reads $name when the format is told', ({ raw, format, expected }) => {
    expect(toTokenUsage(raw, format)).toEqual(expected);
  });

  it.each([undefined, null, {}, [], 'usage', 7, true, { prompt_tokens: null, completion_tokens: null }, { foo: 1 }])(
    'reports nothing for %p',
    (raw) => {
      expect(toTokenUsage(raw)).toBeNull();
      expect(toTokenUsage(raw, 'anthropic')).toBeNull();
    },
  );

  it('takes zeros for a report', () => {
    expect(toTokenUsage({ prompt_tokens: 0, completion_tokens: 0 })).toEqual(aUsage({}));
  });

  it('lets the told format decide what input_tokens contains', () => {
    const raw = { input_tokens: 100, cache_read_input_tokens: 40, output_tokens: 1 };
    expect(toTokenUsage(raw, 'anthropic')).toMatchObject({ inputTokens: 140, cachedInputTokens: 40 });
    expect(toTokenUsage(raw, 'openai')).toMatchObject({ inputTokens: 100, cachedInputTokens: 40 });
  });

  it.each([
    ['negative', -5, 0],
    ['not a number', Number.NaN, 0],
    ['a fraction', 7.9, 7],
    ['infinite', Number.POSITIVE_INFINITY, MAX_TOKENS],
    ['beyond 2^53', 2 ** 60, MAX_TOKENS],
    ['digits in a string', '12', 12],
    ['words in a string', 'twelve', 0],
    ['an object', {}, 0],
  ])('clamps an input that is %s', (_, prompt_tokens, inputTokens) => {
    expect(toTokenUsage({ prompt_tokens, completion_tokens: 3 })).toEqual(aUsage({ inputTokens, outputTokens: 3 }));
  });

  it('cuts parts that are larger than their whole', () => {
    expect(
      toTokenUsage({
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 99, cache_write_tokens: 99, audio_tokens: 7, image_tokens: 7 },
        completion_tokens_details: { reasoning_tokens: 4, audio_tokens: 4, image_tokens: 4 },
      }),
    ).toEqual(
      aUsage({
        inputTokens: 10,
        cachedInputTokens: 10,
        outputTokens: 5,
        reasoningTokens: 4,
        audioInputTokens: 7,
        audioOutputTokens: 1,
        imageInputTokens: 3,
      }),
    );
  });

  it('keeps its invariants for whatever an upstream sends, and never throws', () => {
    const count = fc.oneof(fc.anything(), fc.integer({ min: -10, max: 2_000 }), fc.double(), fc.maxSafeInteger());
    const details = fc.oneof(
      count,
      fc.record(
        {
          cached_tokens: count,
          cache_write_tokens: count,
          audio_tokens: count,
          image_tokens: count,
          reasoning_tokens: count,
          ephemeral_1h_input_tokens: count,
        },
        { requiredKeys: [] },
      ),
    );
    const usage = fc.record(
      {
        prompt_tokens: count,
        input_tokens: count,
        completion_tokens: count,
        output_tokens: count,
        total_tokens: count,
        cache_read_input_tokens: count,
        cache_creation_input_tokens: count,
        prompt_cache_hit_tokens: count,
        cache_creation: details,
        prompt_tokens_details: details,
        input_tokens_details: details,
        completion_tokens_details: details,
        output_tokens_details: details,
        type: fc.constantFrom('tokens', 'duration'),
        seconds: count,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(usage, fc.anything()),
        fc.constantFrom('openai' as const, 'anthropic' as const, undefined),
        (raw, format) => {
          const read = toTokenUsage(raw, format);
          if (read !== null) expectInvariants(read);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

function expectInvariants(usage: TokenUsage): void {
  for (const count of Object.values(usage)) {
    expect(Number.isInteger(count) && count >= 0 && count <= MAX_TOKENS).toBe(true);
  }
  expect(usage.cachedInputTokens + usage.cacheWriteTokens).toBeLessThanOrEqual(usage.inputTokens);
  expect(usage.cacheWrite1hTokens).toBeLessThanOrEqual(usage.cacheWriteTokens);
  expect(usage.audioInputTokens + usage.imageInputTokens).toBeLessThanOrEqual(usage.inputTokens);
  expect(usage.reasoningTokens + usage.audioOutputTokens + usage.imageOutputTokens).toBeLessThanOrEqual(
    usage.outputTokens,
  );
}
