/** The one error body of the Anthropic API. */
export interface AnthropicErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string };
  readonly request_id: string;
}

export interface AnthropicErrorFields {
  readonly type: string;
  readonly message: string;
  readonly requestId: string;
}

/** @see https://docs.anthropic.com/en/api/errors */
export function toAnthropicErrorBody({ type, message, requestId }: AnthropicErrorFields): AnthropicErrorBody {
  return { type: 'error', error: { type, message }, request_id: requestId };
}

const TYPE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  502: 'api_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Words that mean the same in both APIs. OpenAI's `invalid_request_error` covers more, such as an unknown path. */
const SHARED_TYPES: ReadonlySet<string> = new Set(
  Object.values(TYPE_OF_STATUS).filter((type) => type !== 'invalid_request_error'),
);

/**
 * The word that Anthropic's API and SDKs use for an error.
 * @param status its HTTP status, also of an error that is told inside a stream
 * @param openAiType its type in OpenAI's or in Anthropic's words; the status decides where it is none of the latter
 * @see https://docs.anthropic.com/en/api/errors
 */
export function anthropicErrorType(status: number, openAiType: string): string {
  if (SHARED_TYPES.has(openAiType)) return openAiType;
  return TYPE_OF_STATUS[status] ?? (status >= 400 && status < 500 ? 'invalid_request_error' : 'api_error');
}
