import { LRUCache } from 'lru-cache';
import type { LimitReading } from '../http/request-context.js';

const WINDOW_MS = 60_000;
const MAX_WINDOWS = 100_000;
/** A call that only others' reservations keep out may come again soon. */
const RETRY_MS = 1_000;

interface Window {
  used: number;
  reserved: number;
  readonly endsAtMs: number;
}

/** Why a call has to wait. */
export interface TokenRefusal {
  readonly reading: LimitReading;
  readonly retryAfterMs: number;
}

/** Tokens of one call in the minute in which it began. */
export interface TokenHold {
  /** What is left now. */
  read(): LimitReading;
  /** Puts what was really used in the place of what was reserved, once. */
  correct(usedTokens: number): void;
}

/**
 * Tokens by key in windows of a minute that begin with the key's first call. A call reserves what it will probably use;
 * while nothing is reserved, it is let in as long as anything is left. Bounded, without a timer, on a monotonic clock.
 */
export class TokenWindows {
  private readonly windows: LRUCache<string, Window>;

  constructor(
    private readonly now: () => number = () => performance.now(),
    maxWindows = MAX_WINDOWS,
  ) {
    this.windows = new LRUCache({ max: maxWindows });
  }

  /** Reserves at once, or says why not. A call that uses no tokens is never refused. */
  take(key: string, limit: number, tokens: number): TokenHold | TokenRefusal {
    const window = this.windowOf(key);
    const read = (): LimitReading => readingOf(window, limit, this.now());
    if (tokens > 0 && window.used >= limit) return { reading: read(), retryAfterMs: read().resetMs };
    if (tokens > 0 && window.reserved > 0 && window.used + window.reserved + tokens > limit) {
      return { reading: read(), retryAfterMs: Math.min(RETRY_MS, read().resetMs) };
    }
    window.reserved += tokens;
    let isCorrected = false;
    return {
      read,
      correct: (usedTokens) => {
        if (isCorrected) return;
        isCorrected = true;
        // A window that is over is not looked at any more: what ends late counts in the minute in which it began.
        window.reserved -= tokens;
        window.used += usedTokens;
      },
    };
  }

  get size(): number {
    return this.windows.size;
  }

  private windowOf(key: string): Window {
    const now = this.now();
    const known = this.windows.get(key);
    if (known && known.endsAtMs > now) return known;
    const fresh = { used: 0, reserved: 0, endsAtMs: now + WINDOW_MS };
    this.windows.set(key, fresh);
    return fresh;
  }
}

function readingOf({ used, reserved, endsAtMs }: Window, limit: number, now: number): LimitReading {
  const remaining = Math.max(0, limit - used - reserved);
  return { limit, remaining, resetMs: Math.max(0, Math.ceil(endsAtMs - now)) };
}
