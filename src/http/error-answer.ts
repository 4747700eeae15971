import { anthropicErrorType, toAnthropicErrorBody } from '../../libs/anthropic/anthropic-error.js';
import { toOpenAiErrorBody } from '../../libs/openai/openai-error.js';
import { addRouteHeaders, addTimings } from './answer-headers.js';
import type { GatewayError } from './gateway-error.js';
import type { RequestContext } from './request-context.js';

const ANTHROPIC_ENDPOINT = '/v1/messages';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The JSON text of an error, in the shape that the endpoint's clients understand. */
export function errorBody(error: GatewayError, context: RequestContext): string {
  if (context.endpoint.startsWith(ANTHROPIC_ENDPOINT)) {
    const type = anthropicErrorType(error.status, error.type);
    return JSON.stringify(toAnthropicErrorBody({ type, message: error.message, requestId: context.requestId }));
  }
  const { message, type, param, code, extra } = error;
  return JSON.stringify(toOpenAiErrorBody({ message, type, param, code, extra }));
}

/** The headers of an error's answer, those that the request has gathered included. */
export function errorHeaders(
  error: GatewayError,
  context: RequestContext,
  body: string,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {
    ...context.responseHeaders,
    'Content-Type': JSON_TYPE,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Error-Source': error.source,
    ...error.headers,
  };
  if (error.retryAfterMs !== undefined) {
    headers['Retry-After'] = String(Math.ceil(error.retryAfterMs / 1_000));
    headers['retry-after-ms'] = String(Math.ceil(error.retryAfterMs));
  }
  if (error.shouldRetry === false || context.areRetriesSpent) headers['x-should-retry'] = 'false';
  if (error.closesConnection) headers.Connection = 'close';
  if (context.tries.length > 0) {
    addRouteHeaders(headers, context);
    addTimings(headers, context);
  }
  return headers;
}

/** The event that tells of a failure inside a stream; the connection is closed after it, without `[DONE]`. */
export function errorEvent(error: GatewayError, context: RequestContext, sequenceNumber: number): string {
  if (context.call?.format === 'messages') {
    const type = anthropicErrorType(error.status, error.type);
    return `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message: error.message } })}\n\n`;
  }
  if (context.call?.format === 'responses') {
    const { code, message, param } = error;
    const body = { type: 'error', code, message, param, sequence_number: sequenceNumber };
    return `event: error\ndata: ${JSON.stringify(body)}\n\n`;
  }
  const { message, type, param, code, extra } = error;
  return `data: ${JSON.stringify(toOpenAiErrorBody({ message, type, param, code, extra }))}\n\n`;
}
