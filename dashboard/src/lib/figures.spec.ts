import {
  formatBytes,
  formatChange,
  formatCompact,
  formatCount,
  formatShare,
  formatSpeed,
  plural,
  tokensPerSecond,
} from './figures.js';

const en = 'en-US';

describe('figures', () => {
  it.each([
    [812, '812'],
    [12_345, '12.3k'],
    [128_000, '128k'],
    [999_960, '1M'],
    [18_200_000, '18.2M'],
  ])('shortens %p to %s', (count, text) => {
    expect(formatCompact(count, en)).toBe(text);
  });

  it('keeps whole numbers whole', () => {
    expect(formatCount(14_203, en)).toBe('14,203');
  });

  it.each([
    [0, '0 %'],
    [0.0001, '<0.1 %'],
    [0.018, '1.8 %'],
    [0.9999, '99.9 %'],
    [1, '100 %'],
  ])('prints the share %p as %s', (share, text) => {
    expect(formatShare(share, en)).toBe(text);
  });

  it('compares with the time before, where there was something', () => {
    expect(formatChange(112, 100, en)).toBe('+12 %');
    expect(formatChange(97, 100, en)).toBe('−3 %');
    expect(formatChange(5, 0, en)).toBeNull();
  });

  it('measures speed from the first token of any kind', () => {
    expect(tokensPerSecond({ outputTokens: 201, firstTokenAtMs: 1000, endAtMs: 3000 })).toBe(100);
  });

  it('gives no speed for a few tokens or a buffered answer', () => {
    expect(tokensPerSecond({ outputTokens: 19, firstTokenAtMs: 0, endAtMs: 3000 })).toBeNull();
    expect(tokensPerSecond({ outputTokens: 900, firstTokenAtMs: 0, endAtMs: 400 })).toBeNull();
  });

  it('prints speed, sizes and counted nouns', () => {
    expect(formatSpeed(144.7, en)).toBe('145 tok/s');
    expect(formatSpeed(9.44, en)).toBe('9.4 tok/s');
    expect(formatBytes(812, en)).toBe('812 B');
    expect(formatBytes(38_200_000, en)).toBe('38 MB');
    expect(plural(1, 'answer', undefined, en)).toBe('1 answer');
    expect(plural(6, 'answer', undefined, en)).toBe('6 answers');
  });
});
