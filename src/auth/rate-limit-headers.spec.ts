import { toDuration } from '../http/duration-text.js';
import { rateLimitHeaders } from './rate-limit-headers.js';

describe('rateLimitHeaders', () => {
  it('shows one reading under the names of the gateway and of OpenAI', () => {
    expect(rateLimitHeaders({ limit: 60, remaining: 41, resetMs: 12_345.2 })).toEqual({
      'X-RateLimit-Remaining': '41',
      'X-RateLimit-Reset-Ms': '12346',
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '41',
      'x-ratelimit-reset-requests': '13s',
    });
  });

  it.each([
    [0, '0s'],
    [1, '1s'],
    [59_001, '1m0s'],
    [360_000, '6m0s'],
    [3_661_000, '1h1m1s'],
  ])('writes %d ms as %s', (ms, text) => expect(toDuration(ms)).toBe(text));
});
