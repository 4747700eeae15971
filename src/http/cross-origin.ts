import type { NextFunction, Request, RequestHandler, Response } from 'express';

const EXPOSED = [
  'X-Request-Id',
  'Retry-After',
  'retry-after-ms',
  'x-should-retry',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset-Ms',
  'X-Cost-USD',
  'X-Gateway-Upstream',
  'X-Gateway-Model',
  'X-Gateway-Attempts',
  'X-Error-Source',
  'Server-Timing',
].join(', ');
const ONE_DAY_SECONDS = '86400';

/** Lets pages of the listed origins call `/v1`, never with cookies; all other cross-origin reads stay closed. */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    if (origins.length === 0 || !/^\/v1\//i.test(request.path)) return next();
    response.vary('Origin');
    if (origin === undefined || !origins.includes(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', EXPOSED);
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
    response.setHeader('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] ?? '');
    response.setHeader('Access-Control-Max-Age', ONE_DAY_SECONDS);
    response.status(204).end();
  };
}
