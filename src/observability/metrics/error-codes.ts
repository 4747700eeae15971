import type { GatewayErrorCode } from '../../../libs/contracts/errors.js';

type Code = GatewayErrorCode | 'client_closed_request' | 'internal_error' | 'insufficient_quota';

const CODES: Readonly<Record<Code, true>> = {
  invalid_api_key: true,
  key_expired: true,
  key_disabled: true,
  ambiguous_credentials: true,
  model_not_allowed: true,
  model_unpriced: true,
  admin_only: true,
  not_found: true,
  method_not_allowed: true,
  model_not_found: true,
  rate_limit_exceeded: true,
  budget_exceeded: true,
  invalid_json: true,
  invalid_utf8: true,
  json_too_deep: true,
  duplicate_key: true,
  invalid_model: true,
  invalid_parameter: true,
  cross_site_refused: true,
  payload_too_large: true,
  unsupported_media_type: true,
  request_timeout: true,
  headers_too_large: true,
  bad_request: true,
  upstream_unreachable: true,
  upstream_reset: true,
  upstream_tls_error: true,
  upstream_redirect_refused: true,
  upstream_bad_response: true,
  upstream_timeout: true,
  upstream_auth_failed: true,
  upstream_stream_truncated: true,
  upstream_error: true,
  gateway_overloaded: true,
  shutting_down: true,
  storage_unavailable: true,
  client_closed_request: true,
  internal_error: true,
  insufficient_quota: true,
};

/** The codes that the gateway itself gives, and those that every upstream has. */
export const KNOWN_ERROR_CODES: ReadonlySet<string> = new Set(Object.keys(CODES));

/** An upstream's code passes through to the client, so it may be anything. */
export const MAX_FOREIGN_CODES = 50;
