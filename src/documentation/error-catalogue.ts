import type { ErrorCode, ErrorType } from '../../libs/contracts/errors.js';

export interface DocumentedError {
  readonly type: ErrorType;
  readonly code: ErrorCode;
  readonly message: string;
  readonly param?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface DocumentedStatus {
  readonly status: number;
  /** Name of the shared response. */
  readonly name: string;
  readonly description: string;
  readonly errors: readonly DocumentedError[];
}

const REQUEST = 'invalid_request_error';

/** Every error that the gateway itself answers, by status; an upstream's own passes with its status and words. */
export const ERROR_CATALOGUE: readonly DocumentedStatus[] = [
  {
    status: 400,
    name: 'BadRequest',
    description: 'The request cannot be read, or a field of it is wrong; `param` names the field.',
    errors: [
      { type: REQUEST, code: 'invalid_json', message: 'The body is not valid JSON.' },
      { type: REQUEST, code: 'invalid_utf8', message: 'The body is not valid UTF-8.' },
      { type: REQUEST, code: 'json_too_deep', message: 'The body is nested more than 64 levels deep.' },
      { type: REQUEST, code: 'duplicate_key', message: "The field 'model' stands twice.", param: 'model' },
      { type: REQUEST, code: 'invalid_model', message: "Send 'model', the id of a model.", param: 'model' },
      { type: REQUEST, code: 'invalid_parameter', message: 'limit is a whole number from 1 to 1000.', param: 'limit' },
      { type: REQUEST, code: 'ambiguous_credentials', message: 'The call carries two different credentials.' },
      { type: REQUEST, code: 'bad_request', message: 'This is no HTTP request that the gateway can read.' },
    ],
  },
  {
    status: 401,
    name: 'Unauthorized',
    description: 'The credential is missing or no good.',
    errors: [
      { type: 'authentication_error', code: 'invalid_api_key', message: 'This key is not known here.' },
      { type: 'authentication_error', code: 'key_expired', message: 'This key has expired.' },
      { type: 'authentication_error', code: 'key_disabled', message: 'This key is disabled.' },
    ],
  },
  {
    status: 403,
    name: 'Forbidden',
    description: 'The caller is known and may not do this.',
    errors: [
      {
        type: 'permission_error',
        code: 'model_not_allowed',
        message: "This key may not use the model 'gpt-4o'.",
        param: 'model',
      },
      { type: 'permission_error', code: 'model_unpriced', message: 'The price of this model is unknown.' },
      { type: 'permission_error', code: 'admin_only', message: 'Only an administrator may do this.' },
      { type: 'permission_error', code: 'person_only', message: 'This belongs to a signed-in person; sign in first.' },
      { type: 'permission_error', code: 'cross_site_refused', message: 'This write came from a foreign page.' },
    ],
  },
  {
    status: 404,
    name: 'NotFound',
    description: 'There is no such thing, or it is not the caller’s.',
    errors: [
      { type: REQUEST, code: 'not_found', message: 'There is nothing at this path. GET /docs lists what there is.' },
      {
        type: REQUEST,
        code: 'model_not_found',
        message: "The model 'gpt-9' does not exist here. GET /v1/models lists what does.",
        param: 'model',
      },
    ],
  },
  {
    status: 405,
    name: 'MethodNotAllowed',
    description: 'The path takes other methods; `Allow` lists them.',
    errors: [{ type: REQUEST, code: 'method_not_allowed', message: 'GET is not allowed here; use POST.' }],
  },
  {
    status: 408,
    name: 'RequestTimeout',
    description: 'The request did not arrive in time; the connection is closed.',
    errors: [
      { type: REQUEST, code: 'request_timeout', message: 'No byte of the request body arrived for 30 seconds.' },
    ],
  },
  {
    status: 413,
    name: 'PayloadTooLarge',
    description: 'The body is larger than this gateway takes; the connection is closed.',
    errors: [{ type: REQUEST, code: 'payload_too_large', message: 'The request body is larger than 33554432 bytes.' }],
  },
  {
    status: 415,
    name: 'UnsupportedMediaType',
    description: 'The content type is missing or another one is due.',
    errors: [
      {
        type: REQUEST,
        code: 'unsupported_media_type',
        message: 'Send the body with content-type: application/json.',
      },
    ],
  },
  {
    status: 429,
    name: 'TooManyRequests',
    description: 'Over a limit, of the gateway or of the upstream; `Retry-After` says when to come again.',
    errors: [
      { type: 'rate_limit_error', code: 'rate_limit_exceeded', message: 'This key may send 60 requests a minute.' },
      {
        type: 'insufficient_quota',
        code: 'budget_exceeded',
        message: 'The budget of this key is spent.',
        extra: { spentUsd: 10.02, limitUsd: 10, resetsAt: '2026-12-01T00:00:00.000Z' },
      },
    ],
  },
  {
    status: 431,
    name: 'HeadersTooLarge',
    description: 'The headers are larger than 16 KB; the connection is closed.',
    errors: [{ type: REQUEST, code: 'headers_too_large', message: 'The headers are larger than 16 KB.' }],
  },
  {
    status: 502,
    name: 'BadGateway',
    description: 'The upstream did not answer, or not with an answer.',
    errors: [
      { type: 'upstream_error', code: 'upstream_unreachable', message: "The upstream 'openai' cannot be reached." },
      { type: 'upstream_error', code: 'upstream_reset', message: "The upstream 'openai' closed the connection." },
      { type: 'upstream_error', code: 'upstream_tls_error', message: "The upstream 'openai' has a bad certificate." },
      {
        type: 'upstream_error',
        code: 'upstream_redirect_refused',
        message: "The upstream 'openai' answered with a redirect, which is never followed.",
      },
      { type: 'upstream_error', code: 'upstream_bad_response', message: "The upstream 'openai' answered nonsense." },
      {
        type: 'upstream_error',
        code: 'upstream_stream_truncated',
        message: "The stream of the upstream 'openai' ended in the middle.",
      },
      { type: 'upstream_error', code: 'upstream_error', message: "The upstream 'openai' reported an error." },
      {
        type: 'upstream_error',
        code: 'upstream_auth_failed',
        message: "The upstream 'openai' refused the gateway's own credential.",
      },
    ],
  },
  {
    status: 503,
    name: 'Unavailable',
    description: 'The gateway takes no calls for the moment; `Retry-After` says when to come again.',
    errors: [
      {
        type: 'overloaded_error',
        code: 'gateway_overloaded',
        message: 'The gateway has as many calls in flight as it may have.',
      },
      { type: 'overloaded_error', code: 'shutting_down', message: 'The gateway is being stopped.' },
      { type: 'overloaded_error', code: 'storage_unavailable', message: 'The gateway cannot write its records.' },
    ],
  },
  {
    status: 504,
    name: 'GatewayTimeout',
    description: 'The upstream was too slow.',
    errors: [
      { type: 'upstream_error', code: 'upstream_timeout', message: "The upstream 'openai' sent nothing in time." },
    ],
  },
];
