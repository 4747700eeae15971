import helmet from 'helmet';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** What the dashboard's page may do: nothing but talk to its own gateway. Inline styles come from tested packages. */
const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Swagger UI embeds its own pictures and starts by an inline script that this page alone may run. */
const DOCS_POLICY = { ...PAGE_POLICY, scriptSrc: ["'self'"], imgSrc: ["'self'", 'data:'] };

function headers(directives: Record<string, string[]>): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    // Plain http is how a laptop and a local network run it; a TLS proxy adds its own.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  });
}

/** Security headers of pages, `/api` and `/auth`. `/v1` is spared: its answers are no documents, and it is the hot road. */
export function securityHeaders(): RequestHandler {
  const page = headers(PAGE_POLICY);
  const docs = headers(DOCS_POLICY);
  return (request: Request, response: Response, next: NextFunction): void => {
    const path = request.path.toLowerCase();
    if (path.startsWith('/v1/')) return next();
    if (isBelow(path, '/api') || isBelow(path, '/auth')) response.setHeader('Cache-Control', 'no-store');
    (isBelow(path, '/docs') ? docs : page)(request, response, next);
  };
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}
