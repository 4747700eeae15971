import {
  asyncScheduler,
  defer,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  retry,
  type SchedulerLike,
  switchMap,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { RetryBudget } from './retry-budget.js';
import { nextDelayMs, type RetryPolicy } from './retry-policy.js';

/** A retry that is about to wait; told before the wait. */
export interface RetryNotice {
  /** Number of the retry, from 1; free ones are not counted and bear the number of the last counted one. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly isFree: boolean;
  /** Why the try before it failed. */
  readonly error: unknown;
}

export interface RetryBeforeFirstOptions {
  readonly policy: RetryPolicy;
  /** The upstream's; the first try is recorded here at subscription. */
  readonly budget: Pick<RetryBudget, 'recordFirstTry' | 'tryTakeRetry'>;
  /** When the call must have ended, on the clock of `now`. */
  readonly deadlineAtMs: () => number;
  readonly isRetryable: (error: unknown) => boolean;
  /** What the upstream asked for with this error, in ms. */
  readonly retryAfterMs: (error: unknown) => number | undefined;
  /** False once something was committed to the client. */
  readonly mayRetry: () => boolean;
  /** A reused socket that had gone stale: the upstream never saw the call, so the first such failure costs no retry. */
  readonly isFreeRetry: (error: unknown) => boolean;
  readonly onRetry?: (notice: RetryNotice) => void;
  /** Told of the error that is final, before whoever subscribed sees it. */
  readonly onGiveUp?: (error: unknown) => void;
  /** A clock that only goes forward, in ms; `performance.now()` unless given. */
  readonly now?: () => number;
  readonly random?: () => number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Subscribes to the source again when it fails before its first value, with the delays of the policy. Ends with the
 * source's own error when the failure is final, the retries, the deadline or the upstream's retry budget are spent,
 * the upstream asks for a longer wait than the policy allows, or the client has something already. Unsubscribing ends
 * a wait at once.
 */
export function retryBeforeFirst<T>(options: RetryBeforeFirstOptions): MonoTypeOperatorFunction<T> {
  return (source) =>
    defer(() => {
      const tries = new Tries(options);
      options.budget.recordFirstTry();
      return source.pipe(
        tap(() => tries.sawValue()),
        retry({ delay: (error: unknown) => tries.next(error) }),
      );
    });
}

/** What one call has behind it. */
class Tries {
  private readonly now: () => number;
  private hasEmitted = false;
  private hasHadFreeRetry = false;
  private retriesDone = 0;

  constructor(private readonly options: RetryBeforeFirstOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  sawValue(): void {
    this.hasEmitted = true;
  }

  /** Emits once when the next try is due, or fails with the error when there is none. */
  next(error: unknown): Observable<unknown> {
    // Retrying after the first event would repeat text the client already has.
    if (this.hasEmitted || !this.options.mayRetry()) return this.giveUp(error);
    return this.freeRetry(error) ?? this.countedRetry(error) ?? this.giveUp(error);
  }

  private giveUp(error: unknown): Observable<never> {
    this.options.onGiveUp?.(error);
    return throwError(() => error);
  }

  private freeRetry(error: unknown): Observable<unknown> | undefined {
    const { isFreeRetry, deadlineAtMs, onRetry } = this.options;
    if (this.hasHadFreeRetry || !isFreeRetry(error) || this.now() >= deadlineAtMs()) return undefined;
    this.hasHadFreeRetry = true;
    onRetry?.({ attempt: this.retriesDone, delayMs: 0, isFree: true, error });
    return of(undefined);
  }

  private countedRetry(error: unknown): Observable<unknown> | undefined {
    const { policy, budget, isRetryable, retryAfterMs, deadlineAtMs, onRetry, random } = this.options;
    if (this.retriesDone >= policy.retries || !isRetryable(error)) return undefined;
    const askedMs = retryAfterMs(error);
    if (askedMs !== undefined && askedMs > policy.maxRetryAfterMs) return undefined;
    const attempt = this.retriesDone + 1;
    const delayMs = nextDelayMs(attempt, policy, askedMs, random);
    const dueAtMs = this.now() + delayMs;
    if (dueAtMs >= deadlineAtMs()) return undefined;
    // The budget comes last: a retry that does not happen must not use it up.
    if (!budget.tryTakeRetry(delayMs)) return undefined;
    this.retriesDone = attempt;
    onRetry?.({ attempt, delayMs, isFree: false, error });
    return this.waitUntil(dueAtMs, delayMs).pipe(
      // While it waited, the client may have been given a status line and keep-alive comments.
      switchMap(() => (this.options.mayRetry() ? of(undefined) : this.giveUp(error))),
    );
  }

  private waitUntil(dueAtMs: number, delayMs: number): Observable<unknown> {
    const scheduler = this.options.scheduler ?? asyncScheduler;
    return timer(delayMs, scheduler).pipe(
      // Timers count from the start of the event-loop turn and so may ring early; Retry-After must not be undercut.
      switchMap(() => {
        const missingMs = Math.ceil(dueAtMs - this.now());
        return missingMs > 0 ? timer(missingMs, scheduler) : of(undefined);
      }),
    );
  }
}
