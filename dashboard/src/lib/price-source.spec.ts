import { sourceWords } from './price-source.js';

describe('sourceWords', () => {
  it.each([
    ['override', 'this gateway'],
    ['override:gpt-4o*', 'this gateway, gpt-4o*'],
    ['administrator', 'this gateway'],
    ['genai-prices 0.1.8', 'genai-prices 0.1.8'],
    ['demo', 'demo'],
  ])('says %s as %s', (source, words) => {
    expect(sourceWords(source)).toBe(words);
  });
});
