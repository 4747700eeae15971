import fc from 'fast-check';
import { latencyBucket, noLatencies, percentileMs } from './latency-buckets.js';

it('reads a percentile that is off by a tenth at most', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 2, max: 3_000_000, noNaN: true }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95),
      (times, share) => {
        const counts = noLatencies();
        for (const ms of times) counts[latencyBucket(ms)]! += 1;
        const exact = times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1]!;
        const read = percentileMs(counts, share)!;
        expect(Math.abs(read - exact)).toBeLessThanOrEqual(exact * 0.1 + 0.5);
      },
    ),
  );
});

it('has nothing to say of no calls', () => {
  expect(percentileMs(noLatencies(), 0.5)).toBeNull();
});

it('counts what is faster than a millisecond, and slower than an hour', () => {
  expect(percentileMs(noLatencies().fill(1, latencyBucket(0), latencyBucket(0) + 1), 0.5)).toBe(1);
  expect(latencyBucket(1e12)).toBe(latencyBucket(1e13));
});
