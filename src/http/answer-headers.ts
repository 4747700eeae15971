import { countedTries, type RequestContext } from './request-context.js';

const EVENT_STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

/**
 * The head of an answer.
 * @param contentLength bytes of a body that is whole; `undefined` where it is still being made
 */
export function answerHeaders(
  context: RequestContext,
  contentLength: number | undefined,
  isEventStream: boolean,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { ...context.answerHead?.headers, ...context.responseHeaders };
  if (isEventStream) Object.assign(headers, EVENT_STREAM_HEADERS, { Trailer: 'X-Cost-USD' });
  else if (context.answerHead?.contentType !== undefined) headers['Content-Type'] = context.answerHead.contentType;
  if (contentLength !== undefined && !isBodyless(context)) headers['Content-Length'] = String(contentLength);
  addRouteHeaders(headers, context);
  addTimings(headers, context);
  return headers;
}

function isBodyless(context: RequestContext): boolean {
  const status = context.answerHead?.status ?? 200;
  return context.request.method === 'HEAD' || status === 204 || status === 304;
}

/** Which upstream and model answered, and after how many tries; free tries are not counted. */
export function addRouteHeaders(headers: Record<string, string | string[]>, context: RequestContext): void {
  if (context.route) {
    headers['X-Gateway-Upstream'] = context.route.upstream;
    if (!context.isRaw) headers['X-Gateway-Model'] = toHeaderText(context.route.servedModel);
  }
  if (context.tries.length > 0) {
    headers['X-Gateway-Attempts'] = String(countedTries(context));
  }
}

/** Percent-encodes what a header cannot carry. */
function toHeaderText(text: string): string {
  return /^[\x21-\x24\x26-\x7e]*$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}

/** Total time until now, and how much of it was the gateway's own. */
export function addTimings(headers: Record<string, string | string[]>, context: RequestContext): void {
  const totalMs = performance.now() - context.startedAtMs;
  const overheadMs = Math.max(0, totalMs - context.upstreamWaitMs);
  headers['X-Response-Time-Ms'] = totalMs.toFixed(1);
  headers['X-Gateway-Overhead-Ms'] = overheadMs.toFixed(1);
  headers['Server-Timing'] = `gateway;dur=${overheadMs.toFixed(1)}, upstream;dur=${context.upstreamWaitMs.toFixed(1)}`;
}
