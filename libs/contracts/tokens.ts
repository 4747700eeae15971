/** Tokens of one call or a sum of calls. `inputTokens` contains the cached ones, `outputTokens` the reasoning. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/** Where a row's counts come from: the provider, an estimate of the gateway, or nowhere. */
export type UsageSource = 'upstream' | 'estimated' | 'none';
