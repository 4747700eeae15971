import type { DemoReply } from './reply-types.js';
import { jsonReply } from './frames.js';

export interface DemoErrorDetails {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly param?: string;
  readonly code?: string;
}

/** An error in OpenAI's shape, or in Anthropic's. */
export function errorReply(details: DemoErrorDetails, isAnthropic = false): DemoReply {
  const { status, message, type = 'invalid_request_error', param = null, code = null } = details;
  return jsonReply(
    isAnthropic
      ? { type: 'error', error: { type, message }, request_id: null }
      : { error: { message, type, param, code } },
    status,
  );
}

export function missingParameter(name: string, isAnthropic = false): DemoReply {
  return errorReply(
    {
      status: 400,
      message: isAnthropic ? `${name}: Field required` : `Missing required parameter: '${name}'.`,
      param: name,
      code: 'missing_required_parameter',
    },
    isAnthropic,
  );
}

export function invalidValue(name: string, expectation: string, isAnthropic = false): DemoReply {
  return errorReply(
    {
      status: 400,
      message: `Invalid value for '${name}': expected ${expectation}.`,
      param: name,
      code: 'invalid_value',
    },
    isAnthropic,
  );
}

export function invalidUrl(method: string, path: string): DemoReply {
  return errorReply({ status: 404, message: `Invalid URL (${method} /v1${path})` });
}
