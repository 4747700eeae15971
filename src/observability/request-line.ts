import { nanoUsdToDecimal } from '../../libs/pricing/money.js';
import type { Ending, RequestContext } from '../http/request-context.js';
import { isQuietEndpoint } from './endpoint-name.js';
import type { EventLevel } from './gateway-logger.js';
import { scrubId, scrubName } from './scrub.js';

/** How loud the line of a request is: failures of ours and of upstreams stand out, probes and files are quiet. */
export function levelOf(endpoint: string, httpStatus: number): EventLevel {
  if (httpStatus >= 500) return 'warn';
  return isQuietEndpoint(endpoint) ? 'debug' : 'info';
}

/** The fields of a request's one line: never text of it, never a key. What is unknown is left out. */
export function toRequestLine(
  context: RequestContext,
  ending: Ending,
  endpoint: string,
  nowMs: number,
): Record<string, unknown> {
  const { request, call, route, caller, settled, tries, firstEventAtMs, startedAtMs } = context;
  const { status, httpStatus, errorCode } = ending;
  return {
    event: 'request',
    requestId: scrubId(context.requestId),
    method: request.method,
    endpoint,
    model: call && scrubName(call.model),
    servedModel: route && !context.isRaw ? scrubName(route.servedModel) : undefined,
    upstream: route && scrubName(route.upstream),
    route: route && scrubName(route.rule),
    keyId: caller.keyId,
    status,
    httpStatus,
    errorCode: errorCode === null ? undefined : scrubName(errorCode),
    stream: call?.isStream,
    durationMs: round(nowMs - startedAtMs),
    ttftMs: firstEventAtMs === undefined ? undefined : round(firstEventAtMs - startedAtMs),
    overheadMs:
      firstEventAtMs === undefined
        ? undefined
        : round(Math.max(0, firstEventAtMs - startedAtMs - context.upstreamWaitMs)),
    attempts: tries.length === 0 ? undefined : attemptsOf(context),
    inputTokens: settled?.usage.inputTokens,
    outputTokens: settled?.usage.outputTokens,
    usageSource: settled?.usageSource,
    costUsd: settled && settled.costNanoUsd !== null ? nanoUsdToDecimal(settled.costNanoUsd) : undefined,
  };
}

/** Calls made to upstreams, free tries not counted. */
export function attemptsOf({ tries }: RequestContext): number {
  let attempts = 0;
  for (const { free } of tries) if (free !== true) attempts += 1;
  return attempts;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
