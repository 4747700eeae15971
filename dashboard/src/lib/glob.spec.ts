import { firstAllowed, globMatches } from './glob.js';

describe('globMatches', () => {
  it.each([
    ['gpt-4o*', 'gpt-4o-mini', true],
    ['gpt-4o', 'gpt-4o-mini', false],
    ['*', 'llama3:8b', true],
    ['gpt-4.1', 'gpt-4x1', false],
    ['a/*b', 'a/x/b', true],
  ])('%s on %s is %p', (glob, id, expected) => {
    expect(globMatches(glob, id)).toBe(expected);
  });
});

describe('firstAllowed', () => {
  it('takes the first that any glob allows', () => {
    expect(firstAllowed(['demo', 'claude-x'], ['claude-*'])).toBe('claude-x');
    expect(firstAllowed(['demo'], null)).toBe('demo');
    expect(firstAllowed(['demo'], ['gpt-*'])).toBeUndefined();
  });
});
