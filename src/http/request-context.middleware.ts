import type { IncomingMessage, ServerResponse } from 'node:http';
import { malformationOf } from './malformed-request.js';
import { attachContext, RequestContext } from './request-context.js';
import { newRequestId } from './request-id.js';

const CLIENT_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

export type ClientAddressOf = (request: IncomingMessage) => string;

/** Gives every request its context and its `X-Request-Id`, before anything can fail. */
export function requestContextMiddleware(
  clientAddressOf: ClientAddressOf,
  observe: (context: RequestContext) => void,
  newId: () => string = newRequestId,
) {
  return (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const context = new RequestContext(requestIdOf(request, newId), request, response);
    context.clientAddress = clientAddressOf(request);
    context.isTextUnlogged = request.headers['x-gateway-no-log'] === 'true';
    context.wantsCost = request.headers['x-gateway-include-cost'] === 'true';
    context.tags = parseTags(request.headers['x-gateway-tags']);
    context.responseHeaders['X-Request-Id'] = context.requestId;
    attachContext(request, context);
    observe(context);
    next(malformationOf(request));
  };
}

function requestIdOf(request: IncomingMessage, newId: () => string): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && CLIENT_REQUEST_ID.test(given) ? given : newId();
}

const MAX_TAGS = 10;
const TAG_NAME = /^[\w.:/-]{1,64}$/;
const TAG_VALUE = /^[^\p{C}]{1,128}$/u;
const NO_TAGS: Readonly<Record<string, string>> = Object.freeze({});

/** Reads `team=search,env=prod`; what is no tag is left out, for a wrong tag must not fail a call. */
export function parseTags(header: string | string[] | undefined): Readonly<Record<string, string>> {
  if (header === undefined) return NO_TAGS;
  const entries = String(header)
    .split(',')
    .map((pair) => pair.split('=', 2).map((part) => part.trim()) as [string, string | undefined])
    .filter(([name, value]) => TAG_NAME.test(name) && value !== undefined && TAG_VALUE.test(value))
    .slice(0, MAX_TAGS) as [string, string][];
  return Object.fromEntries(entries);
}
