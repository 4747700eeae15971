import type { RequestRecord } from '../../../../../libs/contracts/requests.js';
import { answerHeaders } from './answer-headers.js';
import { asCurl } from './as-curl.js';
import { priceFormula } from './price-formula.js';
import { lengthOf, timelineOf } from './timeline.js';

const record: RequestRecord = {
  requestId: 'req_7f3a',
  at: '2026-11-24T14:03:27.512Z',
  keyId: 'key_7f3a',
  userId: null,
  endpoint: '/v1/chat/completions',
  model: 'fast',
  servedModel: 'gpt-4o',
  upstream: 'openai',
  stream: true,
  status: 'ok',
  httpStatus: 200,
  inputTokens: 812,
  cachedInputTokens: 0,
  outputTokens: 214,
  reasoningTokens: 0,
  usageSource: 'upstream',
  costUsd: 0.00417,
  latencyMs: 2310.4,
  ttftMs: 846.1,
  attempts: 2,
  tags: {},
  promptPreview: "It's an invoice",
  responsePreview: '{}',
  error: null,
  price: { input: 2.5, cachedInput: 1.25, cacheWrite: null, output: 10, source: 'genai-prices' },
  tries: [
    {
      upstream: 'openai',
      model: 'gpt-4o',
      startedAt: '2026-11-24T14:03:27.516Z',
      durationMs: 120,
      httpStatus: 429,
      error: { code: 'upstream_error', message: 'The upstream answered with an error.' },
    },
    {
      upstream: 'openai',
      model: 'gpt-4o',
      startedAt: '2026-11-24T14:03:27.936Z',
      durationMs: 1886,
      httpStatus: 200,
      error: null,
    },
  ],
  timings: { overheadMs: 2.1, firstEventMs: 846.1, totalMs: 2310.4 },
  route: { requestedModel: 'fast', rule: 'exact:fast', upstream: 'openai', servedModel: 'gpt-4o' },
  limits: { requests: { limit: 60, remaining: 41, resetMs: 23_000.4 } },
};

describe('timelineOf', () => {
  it('tells the gateway, each try and the wait between them', () => {
    const parts = timelineOf(record);
    expect(parts.map(({ kind, label, outcome }) => [kind, label, outcome])).toEqual([
      ['gateway', 'Gateway', null],
      ['try', 'Try 1 openai', '429'],
      ['wait', 'Wait', null],
      ['try', 'Try 2 openai', 'first token 846 ms'],
    ]);
    expect(parts[2]).toMatchObject({ startMs: 124, durationMs: 300 });
    expect(lengthOf(record, parts)).toBe(2310.4);
  });

  it('does not count a free try', () => {
    const [free, paid] = record.tries;
    if (!free || !paid) throw new Error('no tries');
    const parts = timelineOf({ ...record, tries: [{ ...free, free: true, httpStatus: null }, paid] });
    expect(parts.filter(({ kind }) => kind === 'try').map(({ label }) => label)).toEqual([
      'Free try openai',
      'Try 1 openai',
    ]);
    expect(parts[1]?.outcome).toBe('upstream_error');
  });

  it('has nothing to show of a call that was refused here but the gateway itself', () => {
    expect(timelineOf({ ...record, tries: [] }).map(({ kind }) => kind)).toEqual(['gateway']);
  });
});

describe('priceFormula', () => {
  it('takes the cached and the written tokens out of the input', () => {
    const formula = priceFormula({
      ...record,
      cachedInputTokens: 500,
      cacheWriteTokens: 100,
      costUsd: (212 * 2.5 + 500 * 1.25 + 100 * 2.5 + 214 * 10) / 1e6,
    });
    expect(formula).toEqual({
      terms: [
        { tokens: 212, what: 'input', rate: 2.5 },
        { tokens: 500, what: 'cached input', rate: 1.25 },
        { tokens: 100, what: 'cache write', rate: 2.5 },
        { tokens: 214, what: 'answer', rate: 10 },
      ],
      restUsd: 0,
    });
  });

  it('names what the tokens do not explain', () => {
    expect(priceFormula({ ...record, costUsd: 0.01417 })?.restUsd).toBeCloseTo(0.01, 12);
  });

  it('has none where the price is unknown', () => {
    expect(priceFormula({ ...record, price: null, costUsd: null })).toBeNull();
  });
});

describe('asCurl', () => {
  it('survives quotes and holds no key', () => {
    expect(asCurl(record, 'https://ai.example.com')).toBe(
      [
        'curl https://ai.example.com/v1/chat/completions',
        '-H "Authorization: Bearer $AI_GATEWAY_KEY"',
        `-H 'Content-Type: application/json'`,
        `-d '{"model":"fast","messages":[{"role":"user","content":"It'\\''s an invoice"}],"stream":true}'`,
      ].join(' \\\n  '),
    );
  });
});

describe('answerHeaders', () => {
  it('leaves out what the answer did not have', () => {
    expect(answerHeaders(record)).toContainEqual(['X-RateLimit-Reset-Ms', '23000']);
    expect(answerHeaders({ ...record, costUsd: null, limits: {} }).map(([name]) => name)).toEqual([
      'X-Request-Id',
      'X-Gateway-Upstream',
      'X-Gateway-Model',
      'X-Gateway-Attempts',
      'X-Gateway-Overhead-Ms',
    ]);
  });
});
