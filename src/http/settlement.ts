import type { TokenUsage, UsageSource } from '../../libs/usage/token-usage.js';

/** What one call used and what that costs, as its row says. */
export interface Settlement {
  readonly usage: TokenUsage;
  readonly usageSource: UsageSource;
  /** Integer nano-USD; null when the price is unknown. */
  readonly costNanoUsd: number | null;
}
