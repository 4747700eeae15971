/**
 * What one answer used, in tokens, whatever provider said it and however.
 * Every count is an integer from 0 to `MAX_TOKENS`, and the parts never exceed their whole:
 * `cachedInputTokens + cacheWriteTokens ≤ inputTokens`, `cacheWrite1hTokens ≤ cacheWriteTokens`,
 * `audioInputTokens + imageInputTokens ≤ inputTokens`,
 * `reasoningTokens + audioOutputTokens + imageOutputTokens ≤ outputTokens`.
 */
export interface TokenUsage {
  /** Total input, cached tokens and cache writes contained. */
  readonly inputTokens: number;
  /** Input read from the provider's prompt cache. */
  readonly cachedInputTokens: number;
  /** Input written to the provider's prompt cache, whatever the life of the entry. */
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` that is kept for an hour (Anthropic prices it higher). */
  readonly cacheWrite1hTokens: number;
  /** Total output, reasoning contained. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly audioInputTokens: number;
  readonly audioOutputTokens: number;
  readonly imageInputTokens: number;
  readonly imageOutputTokens: number;
  /** Length of the transcribed audio in ms, where the provider counts time and not tokens (whisper-1). */
  readonly audioMs?: number;
}

/** Where the numbers of a row come from: the provider's report, a count of our own, or nowhere. */
export type UsageSource = 'upstream' | 'estimated' | 'none';

export const NO_USAGE: TokenUsage = Object.freeze({
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageInputTokens: 0,
  imageOutputTokens: 0,
});

/**
 * No count is believed beyond this. A billion is a hundred times the longest context on offer, and with the dearest
 * price per token there is, the cost in nano-USD stays below 2^53.
 */
export const MAX_TOKENS = 1_000_000_000;
