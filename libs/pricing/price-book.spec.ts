import { createRequire } from 'node:module';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { aUsage } from '../usage/fixtures/usage-fixture.js';
import { CATALOGUE_VERSION } from './catalogue.js';
import { costNanoUsd } from './cost-nano-usd.js';
import type { ModelPrice } from './model-price.js';
import { PriceBook } from './price-book.js';
import { parsePriceOverrides } from './price-overrides.js';

const OPENAI = { name: 'openai', baseUrl: 'https://api.openai.com/v1' };
const ANTHROPIC = { name: 'anthropic', baseUrl: 'https://api.anthropic.com/v1' };
const AZURE = { name: 'azure', baseUrl: 'https://acme.openai.azure.com/openai/v1' };
const DEEPSEEK = { name: 'deepseek', baseUrl: 'https://api.deepseek.com' };
const OPENROUTER = { name: 'openrouter', baseUrl: 'https://openrouter.ai/api/v1' };
const LOCAL = { name: 'local', baseUrl: 'http://localhost:11434/v1' };
const SOURCE = `genai-prices ${CATALOGUE_VERSION}`;

const at = (time: string) => new PriceBook({ now: () => new Date(time) });
const book = at('2026-11-24T08:00:00Z');

describe('PriceBook, from the catalogue', () => {
  it.each([
    [OPENAI, 'gpt-4o', { input: 2_500_000, cachedInput: 1_250_000, output: 10_000_000 }],
    [OPENAI, 'gpt-4o-2024-08-06', { input: 2_500_000, output: 10_000_000 }],
    [OPENAI, 'gpt-4o-mini', { input: 150_000, cachedInput: 75_000, output: 600_000 }],
    [OPENAI, 'o3-mini', { input: 1_100_000, cachedInput: 550_000, output: 4_400_000 }],
    [OPENAI, 'text-embedding-3-small', { input: 20_000, output: 0 }],
    [OPENAI, 'gpt-image-1.5', { input: 5_000_000, imageInput: 8_000_000, imageOutput: 32_000_000 }],
    [OPENAI, 'gpt-audio', { audioInput: 32_000_000, audioOutput: 64_000_000 }],
    [OPENAI, 'whisper-1', { audioHour: 360_000_000_000 }],
    [AZURE, 'gpt-4o', { input: 2_500_000, output: 10_000_000 }],
    [
      ANTHROPIC,
      'claude-sonnet-4-20250514',
      { input: 3_000_000, cachedInput: 300_000, cacheWrite: 3_750_000, cacheWrite1h: 6_000_000, output: 15_000_000 },
    ],
    [{ name: 'pplx', baseUrl: 'https://api.perplexity.ai' }, 'sonar', { input: 1_000_000, perRequest: 12_000_000_000 }],
    [OPENAI, 'omni-moderation-latest', { input: 0, output: 0 }],
    [OPENROUTER, 'deepseek/deepseek-r1:free', { input: 0, output: 0 }],
  ])('knows what %j charges for %s', (upstream, model, price) => {
    expect(book.priceOf(upstream, model)).toMatchObject({ ...price, source: SOURCE });
  });

  it('prices the whole request by the tier that its input reaches', () => {
    const input = (tokens: number) => book.priceOf(ANTHROPIC, 'claude-sonnet-4-5', tokens)?.input;
    expect([input(0), input(200_000), input(200_001), input(900_000)]).toEqual([3e6, 3e6, 6e6, 6e6]);
  });

  it('takes the price of the day', () => {
    const input = (time: string) => at(time).priceOf(OPENAI, 'o3', 1)?.input;
    expect(input('2025-06-09T23:59:59Z')).toBe(10_000_000);
    expect(input('2025-06-10T00:00:00Z')).toBe(2_000_000);
  });

  it('takes the price of the time of day, also from one and the same book', () => {
    let time = new Date('2026-11-24T00:59:00Z');
    const deepseek = new PriceBook({ now: () => time });
    const input = () => deepseek.priceOf(DEEPSEEK, 'deepseek-v4-flash', 1)?.input;
    const before = input();
    time = new Date('2026-11-24T01:00:00Z');
    const within = input();
    time = new Date('2026-11-24T04:00:00Z');
    const after = input();
    expect(within).not.toBe(before);
    expect(after).toBe(before);
  });

  it.each([
    ['a model that nobody sells', OPENAI, 'gpt-99-ultra'],
    ['a known model behind a local upstream', LOCAL, 'gpt-4o'],
    ['a known model behind an unknown proxy', { name: 'proxy', baseUrl: 'https://llm.corp.example/v1' }, 'gpt-4o'],
    ["another maker's model", OPENAI, 'claude-sonnet-4-5'],
    ['an empty name', OPENAI, ''],
    ['a name of a megabyte', OPENAI, 'gpt-4o' + 'x'.repeat(1e6)],
    ['a name of a built-in property', OPENAI, '__proto__'],
    ['a model sold by the song', OPENROUTER, 'google/lyria-3-pro-preview'],
    ['a model sold by the message', { name: 'xai', baseUrl: 'https://api.x.ai/v1' }, 'grok-voice-latest'],
    ['a model sold by the page', { name: 'mistral', baseUrl: 'https://api.mistral.ai/v1' }, 'mistral-ocr-latest'],
  ])('does not know the price of %s', (_, upstream, model) => {
    expect(book.priceOf(upstream, model)).toBeNull();
    expect(book.priceOf(upstream, model, 1_000)).toBeNull();
  });

  it('never throws and never prints, whatever the name', () => {
    const printed = [jest.spyOn(console, 'warn'), jest.spyOn(console, 'error'), jest.spyOn(console, 'log')];
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(OPENAI, ANTHROPIC, AZURE, DEEPSEEK, LOCAL), (model, upstream) => {
        book.priceOf(upstream, model);
        book.contextWindow(upstream, model);
      }),
    );
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('gives the same price object for the same look-up', () => {
    expect(book.priceOf(OPENAI, 'gpt-4o', 10)).toBe(book.priceOf(OPENAI, 'gpt-4o', 20));
  });

  it('names the release that is installed', () => {
    const entry = createRequire(__filename).resolve('@pydantic/genai-prices');
    const { version } = createRequire(entry)('../package.json') as { version: string };
    expect(CATALOGUE_VERSION).toBe(version);
  });
});

describe('PriceBook, with overrides', () => {
  const overrides = parsePriceOverrides({
    'gpt-4o': { input: 1, output: 1 },
    'gpt-*': { input: 2, output: 2 },
    'gpt-4*': { input: 3, output: 3 },
    'local/*': { input: 4, output: 4 },
    'local/llama': { input: 5, output: 5 },
    'gpt-proxy/x*': { input: 6, output: 6 },
  });
  const overridden = new PriceBook({ overrides });
  const price = (upstream: { name: string; baseUrl: string }, model: string): Partial<ModelPrice> | null => {
    const found = overridden.priceOf(upstream, model);
    return found === null ? null : { input: found.input / 1e6, source: found.source };
  };

  it('takes the exact id before any glob', () => {
    expect(price(OPENAI, 'gpt-4o')).toEqual({ input: 1, source: 'override' });
  });

  it('takes the longest glob and says which', () => {
    expect(price(OPENAI, 'gpt-4.1')).toEqual({ input: 3, source: 'override:gpt-4*' });
    expect(price(OPENAI, 'gpt-5')).toEqual({ input: 2, source: 'override:gpt-*' });
  });

  it('takes entries under the name of an upstream for that upstream alone', () => {
    expect(price(LOCAL, 'llama')).toEqual({ input: 5, source: 'override' });
    expect(price(LOCAL, 'mistral')).toEqual({ input: 4, source: 'override:local/*' });
    expect(price(OPENAI, 'llama')).toBeNull();
  });

  it('does not take a glob of models for one of upstreams', () => {
    const proxy = { name: 'gpt-proxy', baseUrl: 'http://localhost:1/v1' };
    expect(price(proxy, 'llama')).toBeNull();
    expect(price(proxy, 'x1')).toEqual({ input: 6, source: 'override:gpt-proxy/x*' });
  });

  it('leaves other models to the catalogue', () => {
    expect(price(ANTHROPIC, 'claude-sonnet-4-5')).toEqual({ input: 3, source: SOURCE });
  });

  it('takes new overrides at the next look-up', () => {
    const changing = new PriceBook();
    expect(changing.priceOf(OPENAI, 'gpt-4o')?.source).toBe(SOURCE);
    changing.setOverrides(parsePriceOverrides({ 'gpt-4o': { input: 9, output: 9 } }));
    expect(changing.priceOf(OPENAI, 'gpt-4o')?.input).toBe(9_000_000);
    changing.setOverrides(new Map());
    expect(changing.priceOf(OPENAI, 'gpt-4o')?.source).toBe(SOURCE);
  });

  it('keeps the demo model free under any glob, but not under its own name', () => {
    const all = new PriceBook({ overrides: parsePriceOverrides({ '*': { input: 1, output: 1 } }) });
    expect(all.priceOf(LOCAL, 'demo')).toEqual({ input: 0, output: 0, source: 'demo' });
    expect(all.priceOf(LOCAL, 'demo/slow')?.source).toBe('demo');
    expect(all.priceOf(LOCAL, 'demonstration')?.source).toBe('override:*');
    const priced = new PriceBook({ overrides: parsePriceOverrides({ demo: { input: 1, output: 1 } }) });
    expect(priced.priceOf(LOCAL, 'demo')?.source).toBe('override');
  });
});

describe('PriceBook, about models', () => {
  it('knows context windows', () => {
    expect(book.contextWindow(OPENAI, 'gpt-4o')).toBe(128_000);
    expect(book.contextWindow(LOCAL, 'gpt-4o')).toBeNull();
    expect(book.contextWindow(OPENAI, 'gpt-99')).toBeNull();
  });

  it('lists what a provider sells', () => {
    const models = book.listModels('openai');
    expect(models.find(({ id }) => id === 'gpt-4o')).toMatchObject({ contextWindow: 128_000, isDeprecated: false });
    expect(book.listModels('nobody')).toEqual([]);
  });
});

describe('costs of the catalogue', () => {
  it('agree with the package to the nano in 5,000 random requests', () => {
    const now = new Date('2026-11-24T08:00:00Z');
    const providers = { openai: OPENAI, anthropic: ANTHROPIC, azure: AZURE, deepseek: DEEPSEEK };
    const cases = Object.entries(providers).flatMap(([providerId, upstream]) =>
      (findProvider({ providerId })?.models ?? [])
        .map(({ id }) => ({
          providerId,
          upstream,
          model: id,
          priced: calcPrice({}, id, { providerId, timestamp: now }),
        }))
        .filter(({ priced }) => priced?.model_price['input_mtok'] !== undefined),
    );
    const tokens = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 600_000 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.record({ plain: tokens, cached: tokens, written: tokens, written1h: tokens, output: tokens }),
        ({ providerId, upstream, model }, { plain, cached, written, written1h, output }) => {
          const input = plain + cached + written + written1h;
          const price = book.priceOf(upstream, model, input);
          if (price === null) throw new Error(`no price for ${model}`);
          const usage = aUsage({
            inputTokens: input,
            cachedInputTokens: cached,
            cacheWriteTokens: written + written1h,
            cacheWrite1hTokens: written1h,
            outputTokens: output,
          });
          const reported = {
            input_tokens: input,
            cache_read_tokens: cached,
            cache_write_tokens: written + written1h,
            cache_write_1h_tokens: written1h,
            output_tokens: output,
          };
          const expected = calcPrice(reported, model, { providerId, timestamp: now })?.total_price ?? Number.NaN;
          expect(Math.abs(costNanoUsd(usage, price) - expected * 1e9)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
