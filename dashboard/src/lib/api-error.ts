import type { ApiErrorObject, ErrorBody, ErrorSource } from '../../../libs/contracts/errors.js';

/** What an answer's headers add to its error object. */
export interface ErrorFacts {
  readonly status: number;
  readonly requestId: string | null;
  /** When to try again, ms from the answer; `null` when nothing said so. */
  readonly retryAfterMs: number | null;
  /** `false`: retrying cannot help. */
  readonly shouldRetry: boolean;
  readonly source: ErrorSource | null;
  readonly upstream: string | null;
  /** Calls that the gateway made before giving up. */
  readonly attempts: number | null;
}

/** An answer of the gateway, or of an upstream through it, that says no. `code` tells which. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly type: string;
  readonly param: string | null;

  constructor(
    readonly detail: ApiErrorObject,
    readonly facts: ErrorFacts,
  ) {
    super(detail.message);
    this.code = detail.code ?? 'unknown';
    this.type = detail.type;
    this.param = detail.param;
  }

  get status(): number {
    return this.facts.status;
  }

  get retryAfterMs(): number | null {
    return this.facts.retryAfterMs;
  }

  get requestId(): string | null {
    return this.facts.requestId;
  }
}

/** No answer came: the gateway cannot be reached, or the connection was lost on the way. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';

  constructor(options?: ErrorOptions) {
    super('No connection to the gateway.', options);
  }
}

/** Reads the one error shape; anything else becomes an error that still says what came. */
export function toApiError(status: number, headers: Headers, body: string): ApiError {
  return new ApiError(parseErrorObject(body) ?? unreadable(status, headers), factsOf(status, headers));
}

/** The error object in `{"error":{…}}`, as in bodies and in events of a stream; `null` when there is none. */
export function parseErrorObject(text: string): ApiErrorObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isErrorBody(value) ? normalise(value.error) : null;
  } catch {
    return null; // Not JSON: some proxy on the way answered in its own words.
  }
}

export function factsOf(status: number, headers: Headers): ErrorFacts {
  const source = headers.get('x-error-source');
  return {
    status,
    requestId: headers.get('x-request-id'),
    retryAfterMs: retryAfter(headers),
    shouldRetry: headers.get('x-should-retry') !== 'false',
    source: source === 'gateway' || source === 'upstream' ? source : null,
    upstream: headers.get('x-gateway-upstream'),
    attempts: numberOf(headers.get('x-gateway-attempts')),
  };
}

function retryAfter(headers: Headers): number | null {
  const ms = numberOf(headers.get('retry-after-ms'));
  if (ms !== null) return ms;
  const seconds = numberOf(headers.get('retry-after'));
  return seconds === null ? null : seconds * 1000;
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
}

function normalise(error: ApiErrorObject): ApiErrorObject {
  return { ...error, type: error.type ?? 'unknown', code: error.code ?? null, param: error.param ?? null };
}

function unreadable(status: number, headers: Headers): ApiErrorObject {
  const kind = headers.get('content-type')?.split(';')[0] ?? 'nothing';
  const message = `The address answered ${status} with ${kind}, not with the gateway's own words.`;
  return { message, type: 'unknown', code: 'unreadable_answer', param: null };
}
