/** When and how often a failed call is tried again. */
export interface RetryPolicy {
  /** Retries after the first try: 3 means at most four calls, 0 one. */
  readonly retries: number;
  /** Ceiling of the first delay; it doubles with each retry. */
  readonly baseDelayMs: number;
  /** Ceiling of every delay that the upstream did not ask for. */
  readonly maxDelayMs: number;
  /** A longer `Retry-After` is not waited for. */
  readonly maxRetryAfterMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = Object.freeze({
  retries: 3,
  baseDelayMs: 1_000,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 30_000,
});

const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 529]);

/**
 * Whether an upstream's error answer may be gone at the next try.
 * @param code the error object's `code` or `type`: an exhausted quota is a 429 that waiting does not cure
 */
export function isRetryableAnswer(status: number, code?: string | null): boolean {
  return RETRYABLE_STATUSES.has(status) && code !== 'insufficient_quota';
}

/**
 * Milliseconds before the next try: exponential with full jitter, never earlier than the upstream asked.
 * @param attempt number of the coming retry, from 1
 * @param random a number from 0 to below 1
 */
export function nextDelayMs(
  attempt: number,
  policy: RetryPolicy,
  retryAfterMs?: number,
  random: () => number = Math.random,
): number {
  // Bounded, since 2 ** 1024 is infinite and 0 times that is no number.
  const doublings = Math.min(Math.max(0, attempt - 1), 30);
  const ceilingMs = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** doublings);
  return Math.ceil(Math.max(random() * ceilingMs, retryAfterMs ?? 0));
}
