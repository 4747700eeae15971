import fc from 'fast-check';
import { parseRetryAfter } from './retry-after.js';

const NOW_MS = Date.UTC(2026, 10, 24, 8, 0, 0);

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '2', 2_000],
    ['no seconds', '0', 0],
    ['a fraction of seconds', '1.5', 1_500],
    ['blanks around', ' 2 ', 2_000],
    ['an HTTP date', 'Tue, 24 Nov 2026 08:00:10 GMT', 10_000],
    ['a date that has passed', 'Tue, 24 Nov 2026 07:59:50 GMT', 0],
    ['an RFC 850 date', 'Tuesday, 24-Nov-26 08:00:07 GMT', 7_000],
    ['an asctime date', 'Tue Nov 24 08:00:09 2026', 9_000],
  ])('reads %s', (_, retryAfter, expected) => {
    expect(parseRetryAfter({ retryAfter }, NOW_MS)).toBe(expected);
  });

  it.each(['', 'soon', '-1', '1 hour', 'retry in 5', '2026-11-24', 'NaN', 'Infinity', '1e3', '0x10', '9'.repeat(400)])(
    'finds nothing in %p',
    (retryAfter) => {
      expect(parseRetryAfter({ retryAfter }, NOW_MS)).toBeUndefined();
      expect(parseRetryAfter({ retryAfterMs: retryAfter }, NOW_MS)).toBeUndefined();
    },
  );

  it('finds nothing in an impossible date', () => {
    expect(parseRetryAfter({ retryAfter: 'Tue, 99 Nov 2026 08:00:10 GMT' }, NOW_MS)).toBeUndefined();
  });

  it('prefers milliseconds, unless they are unreadable', () => {
    expect(parseRetryAfter({ retryAfter: '2', retryAfterMs: '1234.5' }, NOW_MS)).toBe(1_235);
    expect(parseRetryAfter({ retryAfter: '2', retryAfterMs: 'soon' }, NOW_MS)).toBe(2_000);
  });

  it('finds nothing in absent headers', () => {
    expect(parseRetryAfter({}, NOW_MS)).toBeUndefined();
  });

  it('is undefined or a whole number of at least 0 for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (retryAfter, retryAfterMs) => {
        const waitMs = parseRetryAfter({ retryAfter, retryAfterMs }, NOW_MS);
        expect(waitMs === undefined || (Number.isInteger(waitMs) && waitMs >= 0)).toBe(true);
      }),
    );
  });
});
