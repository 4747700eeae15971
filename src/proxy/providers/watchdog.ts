import type { Flow } from '../../http/request-context.js';
import { upstreamError, type UpstreamError } from './upstream-error.js';

export interface WatchdogLimits {
  /** Until the first sign of progress, ms. */
  readonly firstMs: number;
  /** Silence after it, ms. */
  readonly idleMs: number;
  /** When the whole must be over, on the monotonic clock. */
  readonly deadlineAtMs: number;
}

/** Times one answer: first progress, silence, the whole. One timer, armed again for what is left, whatever the traffic. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private lastProgressAtMs = performance.now();
  private limitMs: number;
  private isResting = false;

  constructor(
    private readonly upstream: string,
    private readonly limits: WatchdogLimits,
    private readonly onTimeout: (error: UpstreamError) => void,
  ) {
    this.limitMs = limits.firstMs;
    this.arm();
  }

  progress(): void {
    this.lastProgressAtMs = performance.now();
    this.limitMs = this.limits.idleMs;
  }

  /** While the client's slowness holds the upstream back, its silence is no fault. */
  rest(isResting: boolean): void {
    this.isResting = isResting;
    this.lastProgressAtMs = performance.now();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private arm(): void {
    const nowMs = performance.now();
    const silentUntilMs = this.isResting ? Number.POSITIVE_INFINITY : this.lastProgressAtMs + this.limitMs;
    const dueAtMs = Math.min(silentUntilMs, this.limits.deadlineAtMs);
    // A resting stream is looked at once an idle time: the deadline may be far, and the rest may end any moment.
    const waitMs = Math.min(dueAtMs - nowMs, this.isResting ? this.limits.idleMs : Number.POSITIVE_INFINITY);
    this.timer = setTimeout(() => this.check(), Math.max(1, Math.ceil(waitMs)));
  }

  private check(): void {
    const nowMs = performance.now();
    if (nowMs >= this.limits.deadlineAtMs) {
      this.onTimeout(
        upstreamError('upstream_timeout', `The upstream '${this.upstream}' took too long for the whole answer.`),
      );
    } else if (!this.isResting && nowMs - this.lastProgressAtMs >= this.limitMs) {
      const seconds = Math.round(this.limitMs / 100) / 10;
      this.onTimeout(upstreamError('upstream_timeout', `The upstream '${this.upstream}' was silent for ${seconds} s.`));
    } else {
      this.arm();
    }
  }
}

/** The brake of a body whose watchdog rests as long as it is on. */
export function restingFlow(body: Flow, watchdog: Watchdog): Flow {
  return {
    pause: () => {
      watchdog.rest(true);
      body.pause();
    },
    resume: () => {
      watchdog.rest(false);
      body.resume();
    },
  };
}
