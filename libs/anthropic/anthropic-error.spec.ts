import { anthropicErrorType, toAnthropicErrorBody } from './anthropic-error.js';

describe('toAnthropicErrorBody', () => {
  it("has the shape of Anthropic's API", () => {
    expect(toAnthropicErrorBody({ type: 'api_error', message: 'Sorry.', requestId: 'r1' })).toEqual({
      type: 'error',
      error: { type: 'api_error', message: 'Sorry.' },
      request_id: 'r1',
    });
  });
});

describe('anthropicErrorType', () => {
  it.each([
    [400, 'invalid_request_error', 'invalid_request_error'],
    [401, 'authentication_error', 'authentication_error'],
    [402, 'insufficient_quota', 'billing_error'],
    [403, 'permission_error', 'permission_error'],
    [404, 'invalid_request_error', 'not_found_error'],
    [405, 'invalid_request_error', 'invalid_request_error'],
    [408, 'invalid_request_error', 'invalid_request_error'],
    [413, 'invalid_request_error', 'request_too_large'],
    [415, 'invalid_request_error', 'invalid_request_error'],
    [429, 'rate_limit_error', 'rate_limit_error'],
    [429, 'insufficient_quota', 'rate_limit_error'],
    [431, 'invalid_request_error', 'invalid_request_error'],
    [500, 'upstream_error', 'api_error'],
    [502, 'upstream_error', 'api_error'],
    [503, 'overloaded_error', 'overloaded_error'],
    [504, 'upstream_error', 'timeout_error'],
    [529, 'upstream_error', 'overloaded_error'],
    [200, 'overloaded_error', 'overloaded_error'],
    [500, 'overloaded_error', 'overloaded_error'],
    [599, 'upstream_error', 'api_error'],
  ])('calls a %i of type %s %s', (status, type, expected) => {
    expect(anthropicErrorType(status, type)).toBe(expected);
  });
});
