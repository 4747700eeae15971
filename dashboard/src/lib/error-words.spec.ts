import { ApiError, ConnectionLostError, type ErrorFacts } from './api-error.js';
import { errorWords, finishWords, stepLabels } from './error-words.js';

const facts: ErrorFacts = {
  status: 500,
  requestId: 'req_1',
  retryAfterMs: null,
  shouldRetry: true,
  source: 'gateway',
  upstream: null,
  attempts: null,
};

function anError(code: string, more: Partial<ErrorFacts> = {}, extra: object = {}): ApiError {
  return new ApiError({ message: `about ${code}`, type: 'x', param: null, code, ...extra }, { ...facts, ...more });
}

describe('errorWords', () => {
  it('counts a rate limit down and offers to send when free', () => {
    const words = errorWords(anError('rate_limit_exceeded', { status: 429, retryAfterMs: 23_000 }));
    expect(words).toMatchObject({ countdownMs: 23_000, steps: ['send-when-free', 'cancel'] });
  });

  it('tells a spent budget with its renewal and no countdown', () => {
    const budget = { spentUsd: 5.01, limitUsd: 5, resetsAt: '2026-11-25T00:00:00Z' };
    const words = errorWords(anError('budget_exceeded', { status: 429 }, budget), {
      now: new Date('2026-11-24T15:00:00Z'),
      locale: 'en-US',
    });
    expect(words.text).toBe('This key’s $5 are spent. New budget at 00:00 UTC, in 9 h.');
    expect(words.countdownMs).toBeNull();
  });

  it('says how long a provider was waited for, and how often it was tried', () => {
    const words = errorWords(anError('upstream_timeout', { upstream: 'openai', attempts: 3 }), { elapsedMs: 120_000 });
    expect(words.text).toBe('openai did not answer in 120 s (3 tries).');
    expect(words.steps).toEqual(['retry', 'other-model', 'record']);
  });

  it('suggests the model that was meant', () => {
    const words = errorWords(anError('model_not_found', { status: 404 }), {
      model: 'gpt4o',
      models: ['gpt-4o', 'llama3:8b'],
    });
    expect(words.text).toBe('No model gpt4o. Did you mean gpt-4o?');
  });

  it('tells a provider’s refusal of a key from the gateway’s', () => {
    expect(errorWords(anError('invalid_api_key', { source: 'upstream', upstream: 'openai' })).text).toBe(
      'openai does not accept this key.',
    );
    expect(errorWords(anError('invalid_api_key')).text).toBe('The gateway does not know this key.');
    expect(errorWords(anError('invalid_api_key'), { isSignedIn: true }).text).toBe(
      'You were signed out; your text is safe.',
    );
  });

  it('retries a busy gateway once by itself', () => {
    expect(errorWords(anError('gateway_overloaded', { status: 503, retryAfterMs: 2000 })).retriesByItselfAfterMs).toBe(
      2000,
    );
  });

  it('compares a conversation with what the model takes', () => {
    const words = errorWords(anError('context_length_exceeded', { status: 400 }), {
      promptTokens: 131_000,
      contextWindow: 128_000,
      locale: 'en-US',
    });
    expect(words.text).toBe('≈ 131k tokens, the model takes 128k.');
  });

  it('keeps the text safe when the connection is lost', () => {
    expect(errorWords(new ConnectionLostError()).steps).toContain('send-when-back');
  });

  it('has words and labelled steps for every other error', () => {
    for (const error of [
      anError('invalid_parameter', { status: 400 }),
      anError('new_code'),
      new TypeError('x is not a function'),
      'text',
    ]) {
      const words = errorWords(error);
      expect(words.text.length).toBeGreaterThan(3);
      for (const step of words.steps) expect(stepLabels[step]).toBeTruthy();
    }
  });
});

describe('finishWords', () => {
  it('says why an answer ended early', () => {
    expect(finishWords('length', 1024, 'en-US')?.text).toBe('Cut at the limit of 1,024 tokens.');
    expect(finishWords('content_filter', null)?.text).toBe('The provider’s filter stopped it.');
    expect(finishWords('stop', null)).toBeNull();
  });
});
