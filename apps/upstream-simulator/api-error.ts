import type { JsonRecord } from '../../libs/demo-model/read-json.js';
import { type Answer, jsonAnswer } from './answer.js';

/** The three ways in which errors are written. */
export type ErrorStyle = 'openai' | 'responses' | 'anthropic';

const OPENAI_TYPES: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  401: ['invalid_request_error', 'invalid_api_key'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['requests', 'rate_limit_exceeded'],
};

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

export function errorStyleOf(path: string): ErrorStyle {
  if (path.includes('/messages')) return 'anthropic';
  return path.includes('/responses') ? 'responses' : 'openai';
}

/** An error answer with the fields that the real API gives for its status; `fields` are laid over them. */
export function errorAnswer(status: number, style: ErrorStyle, fields: JsonRecord = {}): Answer {
  const message = `The simulator was told to answer ${status}.`;
  if (style === 'anthropic') {
    const type = ANTHROPIC_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
    return jsonAnswer({ type: 'error', error: { type, message, ...fields }, request_id: 'req_simulator' }, status);
  }
  const [type, code] = OPENAI_TYPES[status] ?? [status < 500 ? 'invalid_request_error' : 'server_error', null];
  return jsonAnswer({ error: { message, type, param: null, code, ...fields } }, status);
}

/** An error inside a stream. */
export function errorEvent(style: ErrorStyle, fields: JsonRecord = {}): string {
  const message = 'The server had an error while processing your request.';
  switch (style) {
    case 'anthropic': {
      const error = { type: 'api_error', message, ...fields };
      return `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`;
    }
    case 'responses': {
      const error = { type: 'error', code: 'server_error', message, param: null, sequence_number: 0, ...fields };
      return `event: error\ndata: ${JSON.stringify(error)}\n\n`;
    }
    case 'openai': {
      const error = { message, type: 'server_error', param: null, code: null, ...fields };
      return `data: ${JSON.stringify({ error })}\n\n`;
    }
  }
}
