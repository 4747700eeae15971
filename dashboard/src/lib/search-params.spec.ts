import { many, one, oneOf, parseSearch, stringifySearch } from './search-params.js';

describe('search parameters', () => {
  it('reads repeated names as lists and keeps numbers as text', () => {
    expect(parseSearch('?m=a&m=b&id=007')).toEqual({ m: ['a', 'b'], id: '007' });
  });

  it('writes what it reads, without what is absent', () => {
    expect(stringifySearch({ m: ['a', 'b'], id: '007', gone: undefined, empty: '' })).toBe('?m=a&m=b&id=007');
    expect(stringifySearch({})).toBe('');
  });

  it('takes only values that are allowed', () => {
    expect(oneOf('30d', ['7d', '30d'])).toBe('30d');
    expect(oneOf('1y', ['7d', '30d'])).toBeUndefined();
    expect(one(['a', 'b'])).toBe('a');
    expect(many(['a', '', 'a', 'b'])).toEqual(['a', 'b']);
    expect(many(undefined)).toEqual([]);
  });
});
