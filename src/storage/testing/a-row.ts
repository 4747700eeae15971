import type { OpenedRow, SettledRow } from '../ledger-rows.js';

/** A call that began at noon of the first of June, unless said otherwise. */
export function anOpenedRow(changes: Partial<OpenedRow> = {}): OpenedRow {
  return {
    requestId: 'req_1',
    startedAt: Date.UTC(2026, 5, 1, 12),
    keyId: 'key_a',
    maskedKey: 'gw-…aaaa',
    keyName: 'Search',
    userId: null,
    endpoint: '/v1/chat/completions',
    model: 'gpt-4o',
    isStream: false,
    tags: '{}',
    ...changes,
  };
}

/** The same call, ended well: 100 tokens in, 20 out, 450,000 nano-USD. */
export function aSettledRow(changes: Partial<SettledRow> = {}): SettledRow {
  const opened = anOpenedRow(changes);
  return {
    ...opened,
    endedAt: opened.startedAt + 900,
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    servedModel: 'gpt-4o',
    reportedModel: 'gpt-4o-2024-08-06',
    upstream: 'openai',
    routeRule: 'default',
    inputTokens: 100,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 20,
    reasoningTokens: 0,
    usage: null,
    usageSource: 'upstream',
    costNanoUsd: 450_000,
    price: '{"input":2500000,"output":10000000,"source":"genai-prices 0.1.8"}',
    latencyMs: 900,
    firstEventMs: 400,
    overheadMs: 1.5,
    attempts: 1,
    tries: '[]',
    limits: '{}',
    promptPreview: 'Hi',
    responsePreview: 'Hello',
    ...changes,
  };
}
