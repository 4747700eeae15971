import { toDuration } from '../http/duration-text.js';
import type { LimitReading } from '../http/request-context.js';

/** The headers of one reading of the requests limit, the same on success and on 429. */
export function rateLimitHeaders(reading: LimitReading): Record<string, string> {
  return {
    'X-RateLimit-Remaining': String(reading.remaining),
    'X-RateLimit-Reset-Ms': String(Math.ceil(reading.resetMs)),
    'x-ratelimit-limit-requests': String(reading.limit),
    'x-ratelimit-remaining-requests': String(reading.remaining),
    'x-ratelimit-reset-requests': toDuration(reading.resetMs),
  };
}
