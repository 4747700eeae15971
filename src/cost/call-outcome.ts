import { NO_USAGE, type TokenUsage, type UsageSource } from '../../libs/usage/token-usage.js';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import type { EndingStatus } from '../http/request-context.js';

/** How a call ended, and what it used. */
export interface CallOutcome {
  readonly status: EndingStatus;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** What a call used and what that costs. */
export interface CallCost {
  readonly usage: TokenUsage;
  readonly usageSource: UsageSource;
  /** Null when the price is unknown. */
  readonly price: ModelPrice | null;
  /** Integer nano-USD; null when unknown. */
  readonly costNanoUsd: number | null;
}

/** A call that used nothing, so that it costs nothing whatever its price. */
export const COSTS_NOTHING: CallCost = { usage: NO_USAGE, usageSource: 'none', price: null, costNanoUsd: 0 };
