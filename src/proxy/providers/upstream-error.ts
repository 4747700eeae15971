import { GatewayError, type GatewayErrorInit } from '../../http/gateway-error.js';

export interface UpstreamErrorInit extends Omit<GatewayErrorInit, 'source'> {
  /** Another try may succeed, and repeating is safe. */
  readonly isRetryable?: boolean;
  /** A reused idle socket had gone stale: the one try that is free. */
  readonly isStaleSocket?: boolean;
  /** Status of the upstream's answer, where there was one. */
  readonly upstreamStatus?: number | undefined;
  /** The upstream itself said this; otherwise the gateway says it about the upstream. */
  readonly isUpstreamsOwn?: boolean;
}

/** A try at an upstream that failed. Knows its answer to the client and whether another try may help. */
export class UpstreamError extends GatewayError {
  readonly isRetryable: boolean;
  readonly isStaleSocket: boolean;
  readonly upstreamStatus: number | undefined;

  constructor(init: UpstreamErrorInit) {
    super({ ...init, source: init.isUpstreamsOwn === true ? 'upstream' : 'gateway' });
    this.isRetryable = init.isRetryable ?? false;
    this.isStaleSocket = init.isStaleSocket ?? false;
    this.upstreamStatus = init.upstreamStatus;
  }
}

type UpstreamErrorCode =
  | 'upstream_unreachable'
  | 'upstream_reset'
  | 'upstream_tls_error'
  | 'upstream_redirect_refused'
  | 'upstream_bad_response'
  | 'upstream_stream_truncated'
  | 'upstream_auth_failed'
  | 'upstream_timeout';

/** An error of the type `upstream_error`: 504 for `upstream_timeout`, else 502. */
export function upstreamError(
  code: UpstreamErrorCode,
  message: string,
  more: Partial<UpstreamErrorInit> = {},
): UpstreamError {
  return new UpstreamError({
    status: code === 'upstream_timeout' ? 504 : 502,
    type: 'upstream_error',
    code,
    message,
    ...more,
  });
}
