import type { IncomingMessage } from 'node:http';

const START = '/';
const MAX_LENGTH = 2_048;
/** Any origin does: it only has to come out of the parser unchanged. */
const BASE = 'http://gateway.invalid';

/** Where the browser goes after signing in: `?next=` of the request. */
export function nextPathOf(request: IncomingMessage): string {
  return ownPath(new URL(request.url ?? '/', BASE).searchParams.get('next') ?? START);
}

/**
 * A path of the dashboard's own, or its start page. Refused is everything that a browser could read as another
 * site: `//evil`, `/\evil`, a scheme, control characters (which browsers drop before they parse).
 */
export function ownPath(path: string): string {
  if (path.length > MAX_LENGTH || !/^\/[^\p{C}\\]*$/u.test(path) || path.startsWith('//')) return START;
  if (!URL.canParse(path, BASE)) return START;
  const url = new URL(path, BASE);
  const isOwn = url.origin === BASE && !url.pathname.startsWith('//');
  return isOwn ? `${url.pathname}${url.search}${url.hash}` : START;
}
