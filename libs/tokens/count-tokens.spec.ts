import fc from 'fast-check';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens, preloadTokenizer } from './count-tokens.js';

const SENTENCE = 'Der Preis beträgt 12,50 €: antidisestablishmentarianism 中文字符 🎉 fooBarBaz();\n';

describe('countTokens', () => {
  it.each(['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-5', 'o3-mini', 'claude-sonnet-4-5', 'openai/gpt-4o', '', 'demo'])(
    'counts for %p with the newest encoding',
    async (model) => {
      expect(await countTokens(SENTENCE, model)).toBe(countO200k(SENTENCE));
    },
  );

  it.each([
    'gpt-4',
    'gpt-4-turbo',
    'gpt-4-0613',
    'gpt-3.5-turbo',
    'gpt-35-turbo',
    'ft:gpt-3.5-turbo-0125:acme::id',
    'openai/gpt-4',
    'text-embedding-3-small',
    'davinci-002',
  ])('counts for %p with the encoding before', async (model) => {
    expect(await countTokens(SENTENCE, model)).toBe(countCl100k(SENTENCE));
  });

  it('counts nothing in no text', async () => {
    expect(await countTokens('', 'gpt-4o')).toBe(0);
  });

  it('takes special tokens for text', async () => {
    expect(await countTokens('<|endoftext|>', 'gpt-4o')).toBeGreaterThan(1);
  });

  it('stays within 1 % of the whole text, cut in pieces', async () => {
    const text = SENTENCE.repeat(200);
    const exact = countO200k(text);
    expect(Math.abs((await countTokens(text, 'gpt-4o')) - exact)).toBeLessThan(exact / 100);
  });

  it('does not cut characters in half', async () => {
    // One letter in front makes every piece boundary fall between the halves of a surrogate pair.
    const text = `a${'😀'.repeat(2_000)}`;
    const exact = countO200k('😀'.repeat(500)) * 4;
    expect(Math.abs((await countTokens(text, 'gpt-4o')) - exact)).toBeLessThanOrEqual(8);
  });

  it('counts a megabyte without a blank, letting others run meanwhile', async () => {
    await preloadTokenizer();
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    const tokens = await countTokens('abcdefghij'.repeat(100_000), 'gpt-4o');
    clearInterval(ticking);
    expect(tokens).toBeGreaterThan(100_000);
    expect(turns).toBeGreaterThan(1);
  });

  it('counts any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 3_000 }), async (text) => {
        const tokens = await countTokens(text, 'gpt-4o');
        expect(Number.isInteger(tokens) && tokens >= 0 && tokens <= Buffer.byteLength(text)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
