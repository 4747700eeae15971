import type { ErrorCode } from './errors.js';
import type { IsoTime, Page, PageQuery, Usd } from './lists.js';
import type { TokenCounts, UsageSource } from './tokens.js';

/** How a call ended. `partial` broke off after text, `unknown` was in flight when the gateway died. */
export type RequestStatus = 'ok' | 'partial' | 'aborted' | 'failed' | 'rejected' | 'unknown';

/** One call. Previews are there for the caller's own rows only; another's text is read one row at a time. */
export interface RequestRow extends TokenCounts {
  readonly requestId: string;
  readonly at: IsoTime;
  readonly keyId: string;
  readonly userId: string | null;
  /** Path of the endpoint, for example `/v1/chat/completions`. */
  readonly endpoint: string;
  /** As the caller named it; `null` on paths that are passed through. */
  readonly model: string | null;
  readonly servedModel: string | null;
  readonly upstream: string | null;
  readonly stream: boolean;
  readonly status: RequestStatus;
  /** `null` when the client left before an answer. */
  readonly httpStatus: number | null;
  readonly usageSource: UsageSource;
  readonly costUsd: Usd | null;
  readonly latencyMs: number | null;
  readonly ttftMs: number | null;
  /** Calls made to upstreams; 0 when the gateway rejected. */
  readonly attempts: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly promptPreview: string | null;
  readonly responsePreview: string | null;
  readonly error: { readonly code: ErrorCode | null; readonly message: string } | null;
}

export interface PromptLogQuery extends PageQuery {
  readonly model?: string;
  /** A key id; `me` is the own one. */
  readonly key?: string;
  /** A person's id. */
  readonly user?: string;
  readonly status?: RequestStatus;
  readonly from?: IsoTime;
  readonly to?: IsoTime;
  /** A request id: only calls that began before that one. */
  readonly before?: string;
  /** A request id: only calls recorded after that one, for a live list. */
  readonly after?: string;
}

export type PromptLog = Page<RequestRow>;
