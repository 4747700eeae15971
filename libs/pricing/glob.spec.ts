import fc from 'fast-check';
import { compileGlob, globMatches, isGlob, longestGlob } from './glob.js';

describe('globMatches', () => {
  it.each([
    ['gpt-4o', 'gpt-4o', true],
    ['gpt-4o', 'gpt-4o-mini', false],
    ['gpt-*', 'gpt-4o', true],
    ['gpt-*', 'gpt-', true],
    ['gpt-*', 'GPT-4o', false],
    ['*', '', true],
    ['*', 'anything/at:all', true],
    ['**', 'x', true],
    ['*-mini', 'gpt-4o-mini', true],
    ['*-mini', 'gpt-4o-mini-2024', false],
    ['gpt-*-mini', 'gpt-4o-mini', true],
    ['gpt-*-mini', 'gpt-mini', false],
    ['a*a', 'a', false],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*ab*ab*', 'ab-ab', true],
    ['*ab*ab*', 'aba', false],
    ['', '', true],
    ['', 'x', false],
    ['claude-3.5*', 'claude-3x5', false],
    ['[a-z]?', 'b!', false],
    ['a\\*', 'a\\b', true],
  ])('%p matches %p: %p', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
    expect(compileGlob(pattern)(text)).toBe(expected);
  });

  it('agrees with a regular expression for any pattern and text', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const parts = pattern.split('*').map((part) => part.replace(/\./g, '\\.'));
        expect(globMatches(pattern, text)).toBe(new RegExp(`^${parts.join('.*')}$`).test(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('answers for a pattern that would make a regular expression explode', () => {
    const pattern = '*a'.repeat(2_000) + 'b';
    expect(globMatches(pattern, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('longestGlob', () => {
  const patterns = new Map([
    ['*', 'all'],
    ['gpt-*', 'gpt'],
    ['gpt-4o*', '4o'],
    ['*-mini', 'mini'],
  ]);

  it.each([
    ['gpt-4o-mini', '4o'],
    ['gpt-3', 'gpt'],
    ['o3-mini', 'mini'],
    ['claude', 'all'],
  ])('takes the longest pattern that matches %p', (text, value) => {
    expect(longestGlob(patterns, text)?.value).toBe(value);
  });

  it('takes the first of equally long patterns', () => {
    const two = new Map([
      ['a*c', 1],
      ['ab*', 2],
    ]);
    expect(longestGlob(two, 'abc')).toEqual({ pattern: 'a*c', value: 1 });
  });

  it('finds nothing where nothing matches', () => {
    expect(longestGlob(new Map([['gpt-*', 1]]), 'claude')).toBeUndefined();
  });
});

describe('isGlob', () => {
  it('tells patterns from ids', () => {
    expect([isGlob('gpt-*'), isGlob('llama3:8b')]).toEqual([true, false]);
  });
});
