import { LRUCache } from 'lru-cache';
import { addressBlockOf } from './client-address.js';
import { AuthenticationFloodError } from './auth-errors.js';

const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 20_000;

interface Window {
  failures: number;
  readonly endsAtMs: number;
}

/** Counts failed authentications by address, so that guessing keys ends in 429 and costs next to nothing. */
export class FailedAuthentications {
  private readonly windows = new LRUCache<string, Window>({ max: MAX_ADDRESSES });

  /**
   * @param limit failures a minute and address before unknown keys are refused; 0 = no limit
   * @param now a monotonic clock, ms
   */
  constructor(
    private readonly limit: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Counts one failed authentication and says how it is refused.
   * @returns the flood error once the address is over its limit, else `error`
   */
  refuse<T extends Error>(address: string, error: T): T | AuthenticationFloodError {
    if (this.limit === 0) return error;
    const window = this.windowOf(addressBlockOf(address));
    if (window.failures >= this.limit) return new AuthenticationFloodError(window.endsAtMs - this.now());
    window.failures += 1;
    return error;
  }

  private windowOf(block: string): Window {
    const known = this.windows.get(block);
    if (known && known.endsAtMs > this.now()) return known;
    const fresh = { failures: 0, endsAtMs: this.now() + WINDOW_MS };
    this.windows.set(block, fresh);
    return fresh;
  }
}
