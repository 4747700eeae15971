import fc from 'fast-check';
import { editDistance, nearestName } from './nearest-name.js';

const word = fc.string({ maxLength: 12 });

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['PORT', 'PROT', 2],
    ['abc', '', 3],
  ])('from %p to %p is %p', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
  });

  it('is a metric', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});

describe('nearestName', () => {
  it('takes the candidate with the fewest edits, the first of equals', () => {
    expect(nearestName('AI_GATEWAY_RETRY_ATEMPTS', ['PORT', 'AI_GATEWAY_RETRY_ATTEMPTS'])).toBe(
      'AI_GATEWAY_RETRY_ATTEMPTS',
    );
    expect(nearestName('a', ['b', 'c'])).toBe('b');
    expect(nearestName('a', [])).toBeUndefined();
  });
});
