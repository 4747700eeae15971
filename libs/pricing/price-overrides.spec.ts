import { parsePriceOverrides, PriceOverridesError } from './price-overrides.js';

describe('parsePriceOverrides', () => {
  it('reads USD per million tokens into pico-USD per token', () => {
    const overrides = parsePriceOverrides({
      'gpt-6': { input: 2.5, cachedInput: 1.25, cacheWrite: 2.5, output: 10 },
      'local/*': { input: 0, output: 0 },
    });
    expect([...overrides]).toEqual([
      [
        'gpt-6',
        { input: 2_500_000, cachedInput: 1_250_000, cacheWrite: 2_500_000, output: 10_000_000, source: 'override' },
      ],
      ['local/*', { input: 0, output: 0, source: 'override:local/*' }],
    ]);
  });

  it('reads every rate', () => {
    const rates = {
      input: 1,
      cachedInput: 2,
      cacheWrite: 3,
      cacheWrite1h: 4,
      output: 5,
      reasoning: 6,
      audioInput: 7,
      audioOutput: 8,
      imageInput: 9,
      imageOutput: 10,
    };
    const price = parsePriceOverrides({ model: rates }).get('model');
    for (const [rate, usd] of Object.entries(rates)) expect(price).toHaveProperty(rate, usd * 1e6);
  });

  it('takes an unset value for no overrides', () => {
    expect(parsePriceOverrides(undefined).size).toBe(0);
  });

  it.each([null, [], 'text', 5])('refuses %p as a whole', (json) => {
    expect(() => parsePriceOverrides(json)).toThrow(PriceOverridesError);
  });

  it('lists every bad entry at once', () => {
    const problems = problemsOf({
      good: { input: 1, output: 2 },
      ' spaced': { input: 1, output: 2 },
      list: [1, 2],
      negative: { input: -1, output: 2 },
      text: { input: '1', output: 2 },
      missing: { input: 1 },
      typo: { input: 1, output: 2, cached_input: 3 },
      huge: { input: 1e9, output: 2, cachedInput: null },
    });
    expect(problems).toEqual([
      expect.stringContaining('" spaced": a model id or glob'),
      expect.stringContaining('"list": write an object of rates'),
      expect.stringContaining('"negative": input must be a number'),
      expect.stringContaining('"text": input must be a number'),
      expect.stringContaining('"missing": output is missing; write 0'),
      expect.stringContaining('"typo": unknown rate "cached_input"'),
      expect.stringContaining('"huge": input must be a number'),
      expect.stringContaining('"huge": cachedInput must be a number'),
    ]);
  });

  it('takes the names of built-in properties for models like any other', () => {
    const overrides = parsePriceOverrides(
      JSON.parse('{"__proto__": {"input": 1, "output": 2}, "toString": {"input": 1, "output": 2}}'),
    );
    expect([...overrides.keys()]).toEqual(['__proto__', 'toString']);
  });
});

function problemsOf(json: unknown): readonly string[] {
  try {
    parsePriceOverrides(json);
  } catch (error) {
    if (error instanceof PriceOverridesError) return error.problems;
    throw error;
  }
  return [];
}
