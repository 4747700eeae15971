import type { UsageSource } from '../../libs/usage/token-usage.js';

/** How a call ended; `unknown` was in flight when the gateway died. */
export type SettledStatus = 'ok' | 'partial' | 'aborted' | 'failed' | 'rejected' | 'unknown';

/** What is known of a call before its upstream is called. Times are ms since 1970. */
export interface OpenedRow {
  readonly requestId: string;
  readonly startedAt: number;
  readonly keyId: string;
  readonly maskedKey: string;
  readonly keyName: string | null;
  readonly userId: string | null;
  readonly endpoint: string;
  /** As the client named it; null on the raw road. */
  readonly model: string | null;
  readonly isStream: boolean;
  /** JSON object with sorted names, so that equal tags are equal texts. */
  readonly tags: string;
}

/** A call that has ended, whole. */
export interface SettledRow extends OpenedRow {
  readonly endedAt: number;
  readonly status: SettledStatus;
  /** Null when the client left before an answer. */
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly servedModel: string | null;
  /** Model that the upstream says it served. */
  readonly reportedModel: string | null;
  readonly upstream: string | null;
  readonly routeRule: string | null;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** JSON of the usage whole, where it has more than the columns show; re-pricing reads it. */
  readonly usage: string | null;
  readonly usageSource: UsageSource;
  /** Null when the price is unknown, which is not 0. */
  readonly costNanoUsd: number | null;
  /** JSON of the price used. */
  readonly price: string | null;
  readonly latencyMs: number | null;
  /** From the request's arrival to the upstream's first event. */
  readonly firstEventMs: number | null;
  readonly overheadMs: number | null;
  /** Calls made to upstreams, free tries not counted. */
  readonly attempts: number;
  /** JSON list of the tries. */
  readonly tries: string;
  /** JSON object of the limits as read. */
  readonly limits: string;
  readonly promptPreview: string | null;
  readonly responsePreview: string | null;
}
