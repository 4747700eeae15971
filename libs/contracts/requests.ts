import type { ErrorCode } from './errors.js';
import type { IsoTime, Usd } from './lists.js';
import type { RequestRow } from './prompt-log.js';

/** USD per million tokens, as kept in the row, and where the price was found. */
export interface AppliedPrice {
  readonly input: Usd;
  readonly cachedInput: Usd | null;
  readonly cacheWrite: Usd | null;
  readonly output: Usd;
  /** Absent: as output. */
  readonly reasoning?: Usd;
  /** USD for the call itself, beside its tokens. */
  readonly perRequest?: Usd;
  readonly source: string;
}

/** One call to an upstream. `free` marks the try that a stale socket costs nothing. */
export interface Try {
  readonly upstream: string;
  readonly model: string;
  readonly startedAt: IsoTime;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly error: { readonly code: ErrorCode | null; readonly message: string } | null;
  readonly free?: boolean;
}

export interface RequestTimings {
  readonly overheadMs: number | null;
  readonly firstEventMs: number | null;
  readonly totalMs: number | null;
}

export interface RouteDecision {
  readonly requestedModel: string;
  /** Which rule chose the upstream, for example `exact`, `glob gpt-*`, `upstream name`, `default`. */
  readonly rule: string;
  readonly upstream: string;
  readonly servedModel: string;
}

/** A limit as read when the call came. */
export interface LimitReading {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number | null;
}

export interface BudgetReading {
  readonly limitUsd: Usd;
  readonly spentUsd: Usd;
  readonly resetsAt: IsoTime | null;
}

export interface LimitReadings {
  readonly requests?: LimitReading | null;
  readonly tokens?: LimitReading | null;
  readonly parallel?: LimitReading | null;
  readonly budget?: BudgetReading | null;
}

/** One call whole. */
export interface RequestRecord extends RequestRow {
  readonly endedAt?: IsoTime;
  readonly cacheWriteTokens?: number;
  /** Model that the upstream says it served. */
  readonly reportedModel?: string | null;
  /** Text of another's call is stored and was left out: it is shown to an administrator who asks for it, audited. */
  readonly hasHiddenText?: boolean;
  readonly price: AppliedPrice | null;
  readonly tries: readonly Try[];
  readonly timings: RequestTimings;
  readonly route: RouteDecision | null;
  readonly limits: LimitReadings;
}
