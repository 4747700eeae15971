import { redactedPreview } from '../../libs/redaction/redact-text.js';
import type { TokenUsage } from '../../libs/usage/token-usage.js';
import type { RequestContext, UpstreamTry } from '../http/request-context.js';
import type { OpenedRow, SettledRow } from '../storage/ledger-rows.js';
import type { CallCost, CallOutcome } from './call-outcome.js';

const MAX_ERROR_CHARS = 500;
const MAX_MODEL_CHARS = 512;

/** The row of a call that begins. */
export function toOpenedRow(context: RequestContext): OpenedRow {
  const { caller, call } = context;
  return {
    requestId: context.requestId,
    startedAt: context.startedAt.getTime(),
    keyId: caller.keyId,
    maskedKey: caller.maskedKey,
    keyName: caller.name ?? null,
    userId: caller.userId ?? null,
    endpoint: context.endpoint,
    model: call ? call.model.slice(0, MAX_MODEL_CHARS) : null,
    isStream: call?.isStream ?? false,
    tags: toTagsText(caller.tags, context.tags),
  };
}

/** The row of a call that has ended. */
export function toSettledRow(
  opened: OpenedRow,
  context: RequestContext,
  outcome: CallOutcome,
  cost: CallCost,
): SettledRow {
  const { usage, usageSource, price, costNanoUsd } = cost;
  const latencyMs = performance.now() - context.startedAtMs;
  const { firstEventAtMs } = context;
  return {
    // Named one by one: a spread before so many properties makes V8 add each of them on its slow road, 40 µs a row.
    requestId: opened.requestId,
    startedAt: opened.startedAt,
    keyId: opened.keyId,
    maskedKey: opened.maskedKey,
    keyName: opened.keyName,
    userId: opened.userId,
    endpoint: opened.endpoint,
    model: opened.model,
    isStream: opened.isStream,
    tags: opened.tags,
    // The monotonic clock tells how long it took, whatever happened to the other one.
    endedAt: opened.startedAt + Math.round(latencyMs),
    status: outcome.status,
    httpStatus: outcome.httpStatus,
    errorCode: outcome.errorCode,
    errorMessage: outcome.errorMessage === null ? null : redactedPreview(outcome.errorMessage, MAX_ERROR_CHARS),
    servedModel: context.isRaw ? null : (context.target?.servedModel.slice(0, MAX_MODEL_CHARS) ?? null),
    reportedModel: context.reportedModel?.slice(0, MAX_MODEL_CHARS) ?? null,
    upstream: context.target?.upstream.name ?? context.route?.upstream ?? null,
    routeRule: context.route?.rule ?? null,
    inputTokens: usage.inputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    usage: isWhole(usage) ? null : JSON.stringify(usage),
    usageSource,
    costNanoUsd,
    price: price === null ? null : priceText(price),
    latencyMs: round(latencyMs),
    firstEventMs: firstEventAtMs === undefined ? null : round(firstEventAtMs - context.startedAtMs),
    overheadMs:
      firstEventAtMs === undefined
        ? null
        : round(Math.max(0, firstEventAtMs - context.startedAtMs - context.upstreamWaitMs)),
    attempts: countAttempts(context.tries),
    tries: context.tries.length === 0 ? '[]' : JSON.stringify(context.tries.map(toTry)),
    limits: isEmpty(context.limits) ? '{}' : JSON.stringify(context.limits),
    promptPreview: context.isTextUnlogged ? null : context.prompt.promptPreview,
    responsePreview: context.isTextUnlogged ? null : context.prompt.responsePreview,
  };
}

/** The columns show all there is to the usage. */
function isWhole(usage: TokenUsage): boolean {
  return (
    usage.cacheWrite1hTokens === 0 &&
    usage.audioInputTokens === 0 &&
    usage.audioOutputTokens === 0 &&
    usage.imageInputTokens === 0 &&
    usage.imageOutputTokens === 0 &&
    usage.audioMs === undefined
  );
}

function countAttempts(tries: readonly UpstreamTry[]): number {
  let attempts = 0;
  for (const { free } of tries) if (free !== true) attempts += 1;
  return attempts;
}

function toTry({ upstream, model, startedAt, durationMs, httpStatus, error, free }: UpstreamTry): unknown {
  return {
    upstream,
    model: model === null ? null : model.slice(0, MAX_MODEL_CHARS),
    startedAt: startedAt.getTime(),
    durationMs: durationMs === null ? null : round(durationMs),
    httpStatus,
    error,
    ...(free === true ? { free } : {}),
  };
}

/** Price objects are remembered by the price book, so each is written out once. */
const priceTexts = new WeakMap<object, string>();

function priceText(price: object): string {
  let text = priceTexts.get(price);
  if (text === undefined) priceTexts.set(price, (text = JSON.stringify(price)));
  return text;
}

function isEmpty(object: object): boolean {
  for (const _name in object) return false;
  return true;
}

type Tags = Readonly<Record<string, string>>;

function toTagsText(ofKey: Tags | undefined, ofRequest: Tags): string {
  if (ofKey === undefined && isEmpty(ofRequest)) return '{}';
  const tags = Object.entries({ ...ofKey, ...ofRequest });
  return JSON.stringify(Object.fromEntries(tags.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
