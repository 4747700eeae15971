import { labelOfKey, startOfLastDays } from './filter-choices.js';

describe('startOfLastDays', () => {
  it('counts today as one of them', () => {
    expect(startOfLastDays(30, new Date('2026-11-24T14:03:00Z'))).toBe('2026-10-26T00:00:00.000Z');
    expect(startOfLastDays(1, new Date('2026-11-24T00:00:00Z'))).toBe('2026-11-24T00:00:00.000Z');
  });
});

describe('labelOfKey', () => {
  it('says the name with the end of the key, or what there is', () => {
    expect(labelOfKey('Search', 'gw-…abcd')).toBe('Search (gw-…abcd)');
    expect(labelOfKey('anonymous', 'anonymous')).toBe('anonymous');
    expect(labelOfKey(undefined, 'gw-…abcd')).toBe('gw-…abcd');
  });
});
