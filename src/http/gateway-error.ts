/** What an error answers; see contract section "Errors". */
export interface GatewayErrorInit {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  readonly param?: string | null | undefined;
  /** More members of the error object, `spentUsd` for one. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string | string[]>> | undefined;
  /** Becomes `Retry-After` and `retry-after-ms`. */
  readonly retryAfterMs?: number | undefined;
  /** `false` becomes `x-should-retry: false`: retrying cannot help. */
  readonly shouldRetry?: false | undefined;
  readonly closesConnection?: boolean | undefined;
  readonly source?: 'gateway' | 'upstream' | undefined;
  readonly cause?: unknown;
}

/** An error that knows its answer. The one filter makes the body of it; nobody builds error JSON by hand. */
export class GatewayError extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly retryAfterMs: number | undefined;
  readonly shouldRetry: false | undefined;
  readonly closesConnection: boolean;
  readonly source: 'gateway' | 'upstream';

  constructor(init: GatewayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = new.target.name;
    this.status = init.status;
    this.type = init.type;
    this.code = init.code;
    this.param = init.param ?? null;
    this.extra = init.extra ?? {};
    this.headers = init.headers ?? {};
    this.retryAfterMs = init.retryAfterMs;
    this.shouldRetry = init.shouldRetry;
    this.closesConnection = init.closesConnection ?? false;
    this.source = init.source ?? 'gateway';
  }
}
