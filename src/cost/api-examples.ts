import { REQUEST_ROW_EXAMPLE } from '../storage/request-row.example.js';

/** Answers shown in the API's documentation. */
const SUMS = {
  requests: 1_204,
  errors: 3,
  aborted: 7,
  inputTokens: 812_400,
  cachedInputTokens: 204_000,
  outputTokens: 96_112,
  reasoningTokens: 0,
  costUsd: 2.736625,
  unpricedRequests: 0,
  firstUsedAt: '2026-11-01T08:02:11.040Z',
  lastUsedAt: '2026-11-24T14:03:27.512Z',
  ttftP50Ms: 412,
  ttftP95Ms: 2_100,
};

export const COSTS_EXAMPLE = {
  data: [{ keyId: 'key_7f3a', key: 'gw-…abcd', name: 'Search', ...SUMS }],
  nextCursor: null,
  total: SUMS,
};

export const KEY_COSTS_EXAMPLE = { keyId: 'key_7f3a', key: 'gw-…abcd', name: 'Search', ...SUMS };

export const OWN_USAGE_EXAMPLE = {
  data: [{ day: '2026-11-24', model: 'gpt-4o', ...SUMS }],
  nextCursor: null,
  total: SUMS,
};

export const REQUEST_RECORD_EXAMPLE = {
  ...REQUEST_ROW_EXAMPLE,
  cacheWriteTokens: 0,
  reportedModel: 'gpt-4o-2024-08-06',
  price: { input: 2.5, cachedInput: 1.25, cacheWrite: null, output: 10, source: 'genai-prices 0.1.8' },
  tries: [
    {
      upstream: 'openai',
      model: 'gpt-4o',
      startedAt: '2026-11-24T14:03:27.516Z',
      durationMs: 120.2,
      httpStatus: 429,
      error: { code: 'upstream_error', message: 'The upstream answered with an error.' },
    },
    {
      upstream: 'openai',
      model: 'gpt-4o',
      startedAt: '2026-11-24T14:03:27.936Z',
      durationMs: 1_886,
      httpStatus: 200,
      error: null,
    },
  ],
  timings: { overheadMs: 2.1, firstEventMs: 846.1, totalMs: 2_310.4 },
  route: { requestedModel: 'fast', rule: 'exact:fast', upstream: 'openai', servedModel: 'gpt-4o' },
  limits: { requests: { limit: 60, remaining: 41, resetMs: 23_000 } },
};
