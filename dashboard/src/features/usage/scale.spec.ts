import fc from 'fast-check';
import { labelledBuckets, scaleTo } from './scale.js';

describe('scaleTo', () => {
  it.each([
    [40, 40, 5],
    [37.2, 40, 5],
    [81, 100, 5],
    [0.0042, 0.006, 5],
    [3, 3, 4],
  ])('ends for %d at %d', (highest, max, most) => {
    const scale = scaleTo(highest);
    expect(scale.max).toBeCloseTo(max, 9);
    expect(scale.ticks.length).toBeLessThanOrEqual(most);
  });

  it('has only its zero when nothing is above it', () => {
    expect(scaleTo(0).ticks).toEqual([0]);
  });

  it('begins at 0, holds the highest value and has at most five lines', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (highest) => {
        const { max, ticks } = scaleTo(highest);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeCloseTo(max, 12);
        expect(max).toBeGreaterThanOrEqual(highest * (1 - 1e-8));
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('labelledBuckets', () => {
  it('names all where there is room, and the last one in any case', () => {
    expect(labelledBuckets(7, 10)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(labelledBuckets(30, 8)).toEqual([1, 5, 9, 13, 17, 21, 25, 29]);
    expect(labelledBuckets(1, 8)).toEqual([0]);
    expect(labelledBuckets(0, 8)).toEqual([]);
  });
});
