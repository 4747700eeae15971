import { nanoUsdToDecimal, nanoUsdToNumber } from '../../libs/pricing/money.js';
import type { BudgetReading } from '../http/request-context.js';
import { GatewayError } from '../http/gateway-error.js';
import type { BudgetStanding } from './budget-book.js';

const RATE_LIMIT = { status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded' } as const;
const BUDGET = { status: 429, type: 'insufficient_quota', code: 'budget_exceeded' } as const;
/** Calls under way end in seconds. */
const RETRY_SOON_MS = 1_000;

/** The tokens of this minute are used up, or held for calls that are under way. */
export class TokenLimitExceededError extends GatewayError {
  constructor(limit: number, retryAfterMs: number) {
    const message = `The ${limit} tokens a minute of this key are used up. Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    super({ ...RATE_LIMIT, message, retryAfterMs });
  }
}

/** As many calls of the key are under way as it may have at once. */
export class ParallelLimitExceededError extends GatewayError {
  constructor(limit: number) {
    const message = `This key may have ${limit} ${limit === 1 ? 'call' : 'calls'} under way at once. Try again when one has ended.`;
    super({ ...RATE_LIMIT, message, retryAfterMs: RETRY_SOON_MS });
  }
}

/** The budget is spent: retrying cannot help before it resets. */
export class BudgetExceededError extends GatewayError {
  /** @param now ms since 1970 */
  constructor(standing: BudgetStanding, now: number) {
    const { resetsAt } = standing;
    const until = resetsAt === null ? 'It does not reset' : `It resets at ${new Date(resetsAt).toISOString()}`;
    super({
      ...BUDGET,
      message: `The budget ${describe(standing)} is spent. ${until}; an administrator can raise it.`,
      extra: { ...toBudgetReading(standing) },
      shouldRetry: false,
      ...(resetsAt !== null && { retryAfterMs: Math.max(0, resetsAt - now) }),
    });
  }
}

/** What is left of the budget is held for calls that are under way; some of it may be free again soon. */
export class BudgetReservedError extends GatewayError {
  constructor(standing: BudgetStanding) {
    super({
      ...BUDGET,
      message: `What is left of the budget ${describe(standing)} is held for calls that are under way. Try again in a moment.`,
      extra: { ...toBudgetReading(standing) },
      retryAfterMs: RETRY_SOON_MS,
    });
  }
}

/** The numbers of a budget as `/api/keys` shows them. */
export function toBudgetReading({ budget, spent, resetsAt }: BudgetStanding): BudgetReading {
  return {
    spentUsd: nanoUsdToNumber(spent),
    limitUsd: nanoUsdToNumber(budget.limitNanoUsd),
    resetsAt: resetsAt === null ? null : new Date(resetsAt).toISOString(),
  };
}

function describe({ budget: { holder, limitNanoUsd, period } }: BudgetStanding): string {
  const whose = holder.startsWith('usr_') ? 'of the person behind this key' : 'of this key';
  const span = period === 'total' ? 'in total' : `a ${period}`;
  return `${whose} (${nanoUsdToDecimal(limitNanoUsd)} USD ${span})`;
}
