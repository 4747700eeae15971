import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readErrorObject, toOpenAiErrorBody, type ReadError } from './openai-error.js';

const fixtures = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'errors.json'), 'utf8')) as Record<
  string,
  unknown
>;

describe('toOpenAiErrorBody', () => {
  it('has all four fields, in their order', () => {
    expect(JSON.stringify(toOpenAiErrorBody({ message: 'No.', type: 'invalid_request_error' }))).toBe(
      '{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":null}}',
    );
  });

  it('holds further fields, which cannot replace the four', () => {
    const extra = { spentUsd: 1.5, message: 'other', code: 'other' };
    expect(toOpenAiErrorBody({ message: 'No.', type: 't', param: 'p', code: 'c', extra })).toEqual({
      error: { spentUsd: 1.5, message: 'No.', type: 't', param: 'p', code: 'c' },
    });
  });
});

describe('readErrorObject', () => {
  const missing = 'messages: Field required; stop.0: Input should be a valid integer';
  const expected: Readonly<Record<string, Omit<ReadError, 'object'>>> = {
    openai: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
      param: null,
    },
    azureContentFilter: {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      code: 'content_filter',
      param: 'prompt',
      status: 400,
    },
    azureRateLimit: {
      message:
        'Requests to the ChatCompletions_Create Operation have exceeded the call rate limit. Please retry after 6 seconds.',
      code: '429',
      status: 429,
    },
    azureApiManagement: {
      message: 'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.',
      status: 401,
    },
    anthropic: { message: 'Overloaded', type: 'overloaded_error' },
    ollama: { message: "model 'llama9' not found" },
    textGenerationInference: { message: 'Model is overloaded', type: 'overloaded' },
    fastApiText: { message: 'Not Found' },
    fastApiList: { message: missing },
    vllm: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, status: 404 },
    vllmNested: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, status: 404 },
    llamaCpp: { message: 'Loading model', type: 'unavailable_error', status: 503 },
    mistral: { message: 'model: Field required', type: 'invalid_request_error', param: null },
    gemini: { message: 'Resource has been exhausted (e.g. check quota).', type: 'RESOURCE_EXHAUSTED', status: 429 },
    responsesEvent: { message: 'Rate limit reached.', code: 'rate_limit_exceeded', param: null },
  };

  it.each(Object.keys(fixtures))('recognises the error of %s', (name) => {
    const { object: _object, ...error } = readErrorObject(fixtures[name]) ?? { message: 'none' };
    expect(error).toEqual(expected[name]);
  });

  it('keeps the error object as it came', () => {
    expect(readErrorObject(fixtures['azureContentFilter'])?.object).toBe(
      (fixtures['azureContentFilter'] as { error: unknown }).error,
    );
    expect(readErrorObject(fixtures['vllm'])?.object).toBe(fixtures['vllm']);
    expect(readErrorObject(fixtures['ollama'])?.object).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    'error',
    [],
    [1, 2],
    {},
    { error: null },
    { error: '' },
    { error: false },
    { id: 'x', object: 'chat.completion', choices: [] },
    { status: 'completed', error: null, message: 'x' },
    { status: 200, message: 'ok' },
    { detail: null },
    { detail: 'high', choices: [] },
    { message: 'hello' },
  ])('sees no error in %j', (json) => {
    expect(readErrorObject(json)).toBeUndefined();
  });

  it.each([{ error: {} }, { error: { code: 'x' } }, { type: 'error' }, { error: { message: null } }])(
    'has a message also for %j',
    (json) => {
      expect(readErrorObject(json)?.message).toMatch(/without a message/);
    },
  );
});
