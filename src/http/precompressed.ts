import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Request, RequestHandler } from 'express';

/** Best first. The build writes such a copy where it saves something. */
const COPIES = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves the compressed copy that the build made of a file, where the browser takes one and there is one. */
export function precompressed(folder: string, files: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const type = TYPES[extname(request.path)];
    if (type === undefined) return files(request, response, next);
    response.vary('Accept-Encoding');
    const copy = COPIES.find(
      ({ encoding, ending }) => accepts(request, encoding) && existsSync(join(folder, `${request.path}${ending}`)),
    );
    if (!copy || request.path.includes('..')) return files(request, response, next);
    const { url } = request;
    request.url = `${request.path}${copy.ending}`;
    response.setHeader('Content-Encoding', copy.encoding);
    response.setHeader('Content-Type', type);
    return files(request, response, (error?: unknown) => {
      request.url = url;
      response.removeHeader('Content-Encoding');
      response.removeHeader('Content-Type');
      next(error);
    });
  };
}

function accepts(request: Request, encoding: string): boolean {
  return request.acceptsEncodings(encoding) !== false;
}
