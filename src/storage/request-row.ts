import type { RequestRow } from '../../libs/contracts/prompt-log.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import type { RequestEntity } from './entities/request.entity.js';

/** The shape of a call in lists. */
export function toRequestRow(row: RequestEntity, showsText: boolean): RequestRow {
  return {
    requestId: row.requestId,
    at: new Date(row.startedAt).toISOString(),
    keyId: row.keyId,
    userId: row.userId,
    endpoint: row.endpoint,
    model: row.model,
    servedModel: row.servedModel,
    upstream: row.upstream,
    stream: row.isStream,
    status: row.status,
    httpStatus: row.httpStatus,
    inputTokens: row.inputTokens,
    cachedInputTokens: row.cachedInputTokens,
    outputTokens: row.outputTokens,
    reasoningTokens: row.reasoningTokens,
    usageSource: row.usageSource,
    costUsd: row.costNanoUsd === null ? null : nanoUsdToNumber(row.costNanoUsd),
    latencyMs: row.latencyMs,
    ttftMs: row.firstEventMs,
    attempts: row.attempts,
    tags: JSON.parse(row.tags) as Readonly<Record<string, string>>,
    promptPreview: showsText ? row.promptPreview : null,
    responsePreview: showsText ? row.responsePreview : null,
    error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? row.errorCode },
  };
}
