import type { IncomingMessage } from 'node:http';
import type { RequestContext } from '../http/request-context.js';

/** Endpoints whose lines would drown the others: probes, scrapes, pages and their files. */
const QUIET = /^(?:\/health|\/metrics|\/docs|static$)/;

interface Routed {
  readonly route?: { readonly path?: unknown };
}

/**
 * A name from a bounded set for any request: the pipeline's own, else the pattern of the route that took it
 * (`/api/keys/:id`), else `static` for files, else `unmatched`.
 */
export function endpointNameOf(context: RequestContext, httpStatus: number): string {
  if (context.endpoint !== 'unknown') return context.endpoint;
  const { route } = context.request as IncomingMessage & Routed;
  if (typeof route?.path === 'string') return route.path;
  return httpStatus < 400 ? 'static' : 'unmatched';
}

export function isQuietEndpoint(endpoint: string): boolean {
  return QUIET.test(endpoint);
}
