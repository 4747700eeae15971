import type { ThrottlerStorage } from '@nestjs/throttler';
import { LRUCache } from 'lru-cache';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** What one request found in its window. */
export interface WindowReading extends ThrottlerRecord {
  /** Names the very window that the request counts in, so that a refund never reaches a later one. */
  readonly windowId: number;
  /** Until the window ends, ms. */
  readonly resetMs: number;
}

interface Window {
  hits: number;
  readonly id: number;
  readonly endsAtMs: number;
}

/** About 120 bytes each. The keys used longest ago give way, and with them only what is left of their minute. */
const MAX_WINDOWS = 100_000;

/**
 * Requests counted in windows that begin with a key's first request. Bounded, without a timer, on a monotonic clock.
 * A refused request is not counted.
 */
export class RequestWindows implements ThrottlerStorage {
  private readonly windows: LRUCache<string, Window>;
  private lastId = 0;

  /** @param now a monotonic clock, ms */
  constructor(
    private readonly now: () => number = () => performance.now(),
    maxWindows = MAX_WINDOWS,
  ) {
    this.windows = new LRUCache({ max: maxWindows });
  }

  // Async because the library's interface is: a store shared by several gateways answers over a network.
  async increment(key: string, ttlMs: number, limit: number): Promise<WindowReading> {
    return this.take(key, ttlMs, limit);
  }

  /** Counts one request, or finds that the window is full. */
  take(key: string, ttlMs: number, limit: number): WindowReading {
    const window = this.windowOf(key, ttlMs);
    const isBlocked = window.hits >= limit;
    if (!isBlocked) window.hits += 1;
    return this.read(window, isBlocked);
  }

  /**
   * Gives one request back to the window that it was counted in.
   * @returns the window afterwards; undefined when it is over
   */
  refund(key: string, windowId: number): WindowReading | undefined {
    const window = this.windows.get(key);
    if (window?.id !== windowId || window.endsAtMs <= this.now()) return undefined;
    window.hits = Math.max(0, window.hits - 1);
    return this.read(window, false);
  }

  /** Number of windows held. */
  get size(): number {
    return this.windows.size;
  }

  private read(window: Window, isBlocked: boolean): WindowReading {
    const resetMs = Math.max(0, window.endsAtMs - this.now());
    const seconds = Math.ceil(resetMs / 1_000);
    return {
      totalHits: window.hits,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
      windowId: window.id,
      resetMs,
    };
  }

  private windowOf(key: string, ttlMs: number): Window {
    const now = this.now();
    const known = this.windows.get(key);
    if (known && known.endsAtMs > now) return known;
    const fresh = { hits: 0, id: (this.lastId += 1), endsAtMs: now + ttlMs };
    this.windows.set(key, fresh);
    return fresh;
  }
}
