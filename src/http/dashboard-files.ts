import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { precompressed } from './precompressed.js';
import { findContext } from './request-context.js';

const API_PATHS = /^\/(v1|api|auth|health|metrics|docs|docs-json)(\/|$)/i;
const ONE_YEAR = 'public, max-age=31536000, immutable';

/**
 * Serves the built dashboard at `/`: hashed files for ever, the page itself always fresh, and the page for every
 * navigation that no API path takes.
 * @param folder where the dashboard was built; nothing is served without it
 */
export function dashboardFiles(folder: string | undefined): RequestHandler[] {
  if (folder === undefined) return [];
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return [];
  const plain = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (response, path) => {
      const isHashed = /[\\/]assets[\\/]/.test(path);
      response.setHeader('Cache-Control', isHashed ? ONE_YEAR : 'no-cache');
    },
  });
  const files = precompressed(folder, plain);
  const navigations = (request: Request, response: Response, next: NextFunction): void => {
    if (!isNavigation(request)) return next();
    request.url = '/index.html';
    void files(request, response, next);
  };
  return [onlyReads(files), navigations];
}

function onlyReads(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || API_PATHS.test(request.path)) return next();
    const context = findContext(request);
    if (context) {
      response.setHeader('X-Request-Id', context.requestId);
      response.once('finish', () => context.end({ status: 'ok', httpStatus: response.statusCode, errorCode: null }));
    }
    void handler(request, response, next);
  };
}

/** A person opening a page, in the browser's own words; a missing asset or an API call is none. */
function isNavigation(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || API_PATHS.test(request.path) || request.path.startsWith('/assets/')) return false;
  return request.path === '/' || String(request.headers.accept ?? '').includes('text/html');
}
