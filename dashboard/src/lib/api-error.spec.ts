import { parseErrorObject, toApiError } from './api-error.js';

const body = JSON.stringify({
  error: { message: 'Slow down.', type: 'rate_limit_error', param: null, code: 'rate_limit_exceeded' },
});

describe('toApiError', () => {
  it('reads code, request id and the wait in ms', () => {
    const headers = new Headers({ 'x-request-id': 'req_1', 'retry-after': '24', 'retry-after-ms': '23400' });
    const error = toApiError(429, headers, body);
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', status: 429, requestId: 'req_1', retryAfterMs: 23_400 });
  });

  it('falls back to whole seconds', () => {
    expect(toApiError(503, new Headers({ 'retry-after': '2' }), body).retryAfterMs).toBe(2000);
  });

  it('knows when retrying cannot help', () => {
    expect(toApiError(429, new Headers({ 'x-should-retry': 'false' }), body).facts.shouldRetry).toBe(false);
  });

  it('says what came when it is not the one shape', () => {
    const error = toApiError(502, new Headers({ 'content-type': 'text/html; charset=utf-8' }), '<html>');
    expect(error.code).toBe('unreadable_answer');
    expect(error.message).toContain('502 with text/html');
  });
});

describe('parseErrorObject', () => {
  it('is null for anything without an error', () => {
    expect(parseErrorObject('{"choices":[]}')).toBeNull();
    expect(parseErrorObject('not json')).toBeNull();
  });

  it('fills what an upstream left out', () => {
    expect(parseErrorObject('{"error":{"message":"no"}}')).toEqual({
      message: 'no',
      type: 'unknown',
      code: null,
      param: null,
    });
  });
});
