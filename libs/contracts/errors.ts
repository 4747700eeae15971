/** The `type` of an error: what kind of thing went wrong. Values of other makers pass through. */
export type ErrorType =
  | 'authentication_error'
  | 'permission_error'
  | 'invalid_request_error'
  | 'rate_limit_error'
  | 'insufficient_quota'
  | 'upstream_error'
  | 'overloaded_error'
  | (string & {});

/** The codes that the gateway itself gives; an upstream's own code passes through unchanged. */
export type GatewayErrorCode =
  | 'invalid_api_key'
  | 'key_expired'
  | 'key_disabled'
  | 'ambiguous_credentials'
  | 'model_not_allowed'
  | 'model_unpriced'
  | 'admin_only'
  | 'not_found'
  | 'method_not_allowed'
  | 'model_not_found'
  | 'rate_limit_exceeded'
  | 'budget_exceeded'
  | 'invalid_json'
  | 'invalid_utf8'
  | 'json_too_deep'
  | 'duplicate_key'
  | 'invalid_model'
  | 'invalid_parameter'
  | 'cross_site_refused'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'request_timeout'
  | 'headers_too_large'
  | 'bad_request'
  | 'upstream_unreachable'
  | 'upstream_reset'
  | 'upstream_tls_error'
  | 'upstream_redirect_refused'
  | 'upstream_bad_response'
  | 'upstream_timeout'
  | 'upstream_auth_failed'
  | 'upstream_stream_truncated'
  | 'upstream_error'
  | 'gateway_overloaded'
  | 'shutting_down'
  | 'storage_unavailable';

export type ErrorCode = GatewayErrorCode | (string & {});

/** The one error object of every endpoint outside `/v1/messages`. */
export interface ApiErrorObject {
  readonly message: string;
  readonly type: ErrorType;
  readonly param: string | null;
  readonly code: ErrorCode | null;
  /** Only with `budget_exceeded`: USD spent in the running period. */
  readonly spentUsd?: number;
  /** Only with `budget_exceeded`: USD allowed in the period. */
  readonly limitUsd?: number;
  /** Only with `budget_exceeded`: ISO 8601 UTC, `null` when the budget never resets. */
  readonly resetsAt?: string | null;
}

export interface ErrorBody {
  readonly error: ApiErrorObject;
}

/** Errors on `/v1/messages`, in Anthropic's shape. */
export interface AnthropicErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id?: string;
}

/** Value of the `X-Error-Source` header. */
export type ErrorSource = 'gateway' | 'upstream';
