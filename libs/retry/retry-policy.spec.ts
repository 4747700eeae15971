import fc from 'fast-check';
import { DEFAULT_RETRY_POLICY, isRetryableAnswer, nextDelayMs } from './retry-policy.js';

const almostOne = () => 1 - Number.EPSILON;

describe('nextDelayMs', () => {
  it('doubles the ceiling with every retry, up to the cap', () => {
    const ceilings = [1, 2, 3, 4, 5, 50].map((attempt) =>
      nextDelayMs(attempt, DEFAULT_RETRY_POLICY, undefined, almostOne),
    );
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('spreads over the whole span down to no wait', () => {
    expect(nextDelayMs(3, DEFAULT_RETRY_POLICY, undefined, () => 0)).toBe(0);
    expect(nextDelayMs(3, DEFAULT_RETRY_POLICY, undefined, () => 0.5)).toBe(2_000);
  });

  it('is never earlier than the upstream asked, and may be later', () => {
    expect(nextDelayMs(1, DEFAULT_RETRY_POLICY, 5_000, almostOne)).toBe(5_000);
    expect(nextDelayMs(4, DEFAULT_RETRY_POLICY, 500, almostOne)).toBe(8_000);
  });

  it('stays between Retry-After and the larger of Retry-After and the cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, baseDelayMs, retryAfterMs, random) => {
          const delayMs = nextDelayMs(attempt, { ...DEFAULT_RETRY_POLICY, baseDelayMs }, retryAfterMs, () => random);
          expect(Number.isInteger(delayMs)).toBe(true);
          expect(delayMs).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
          expect(delayMs).toBeLessThanOrEqual(Math.max(8_000, retryAfterMs ?? 0));
        },
      ),
    );
  });
});

describe('isRetryableAnswer', () => {
  it.each([408, 429, 500, 502, 503, 504, 529])('tries %d again', (status) => {
    expect(isRetryableAnswer(status)).toBe(true);
  });

  it.each([200, 301, 400, 401, 403, 404, 409, 413, 422, 501, 505])('takes %d as final', (status) => {
    expect(isRetryableAnswer(status)).toBe(false);
  });

  it('takes an exhausted quota as final', () => {
    expect(isRetryableAnswer(429, 'insufficient_quota')).toBe(false);
    expect(isRetryableAnswer(429, 'rate_limit_exceeded')).toBe(true);
  });
});
