import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../http/request-context.js';
import { toDuration } from '../http/duration-text.js';
import { Budgets } from './budgets.service.js';
import { CallEstimator, type CallEstimate } from './call-estimator.service.js';
import { ParallelLimitExceededError, TokenLimitExceededError } from './limit-errors.js';
import { ParallelSlots } from './parallel-slots.js';
import { TokenWindows, type TokenHold } from './token-windows.js';

/** What a call has taken of one limit; gives back, once, what was taken. */
type GiveBack = () => void;

/**
 * The one decision on tokens a minute, calls at once and money, after that on requests. It is synchronous: between it
 * and what it takes no other call slips in. A refused call keeps nothing.
 */
@Injectable()
export class CallLimits {
  readonly slots = new ParallelSlots();
  readonly windows = new TokenWindows();

  constructor(
    private readonly estimator: CallEstimator,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Takes what the call will probably use of every limit of its caller.
   * @throws {TokenLimitExceededError} | {ParallelLimitExceededError} | {BudgetExceededError} | {BudgetReservedError}
   */
  admit(context: RequestContext): void {
    const { limits, budgets = [] } = context.caller;
    if (limits?.tpm === undefined && limits?.maxParallel === undefined && budgets.length === 0) return;
    const estimate = this.estimator.estimate(context);
    const taken: GiveBack[] = [];
    try {
      taken.push(this.takeTokens(context, estimate));
      taken.push(this.takeSlot(context));
      this.budgets.reserve(context, estimate);
    } catch (error) {
      for (const giveBack of taken) giveBack();
      throw error;
    }
  }

  private takeTokens(context: RequestContext, { inputTokens, outputTokens }: CallEstimate): GiveBack {
    const { keyId, limits } = context.caller;
    if (limits?.tpm === undefined) return nothing;
    const taken = this.windows.take(keyId, limits.tpm, inputTokens + outputTokens);
    if ('retryAfterMs' in taken) {
      showTokens(context, taken.reading);
      throw new TokenLimitExceededError(limits.tpm, taken.retryAfterMs);
    }
    const correct = (usedTokens: number): void => correctTokens(context, taken, usedTokens);
    showTokens(context, taken.read());
    context.onSettle(({ usage }) => correct(usage.inputTokens + usage.outputTokens));
    context.onEnd(() => {
      // Where something was called, its tokens may still be counted after the client has left.
      if (context.tries.length === 0) correct(0);
    });
    return () => correct(0);
  }

  private takeSlot(context: RequestContext): GiveBack {
    const { keyId, limits } = context.caller;
    if (limits?.maxParallel === undefined) return nothing;
    const { maxParallel } = limits;
    const free = this.slots.take(keyId, maxParallel);
    const remaining = Math.max(0, maxParallel - this.slots.takenOf(keyId));
    context.limits.parallel = { limit: maxParallel, remaining, resetMs: null };
    if (!free) throw new ParallelLimitExceededError(maxParallel);
    context.onEnd(free);
    return free;
  }
}

function nothing(): void {
  // The caller has no such limit, so nothing was taken.
}

function correctTokens(context: RequestContext, hold: TokenHold, usedTokens: number): void {
  hold.correct(usedTokens);
  showTokens(context, hold.read());
}

/** The headers, the error and the record show one reading. */
function showTokens(context: RequestContext, reading: ReturnType<TokenHold['read']>): void {
  context.limits.tokens = reading;
  context.responseHeaders['x-ratelimit-limit-tokens'] = String(reading.limit);
  context.responseHeaders['x-ratelimit-remaining-tokens'] = String(reading.remaining);
  context.responseHeaders['x-ratelimit-reset-tokens'] = toDuration(reading.resetMs);
}
