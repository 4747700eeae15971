import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isLoopbackHost } from '../config/loopback.js';
import { CrossSiteRefusedError } from './auth-errors.js';
import { isOwnOrigin } from './own-origin.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser adds the cookie to whatever a page makes it send. So a write that is authenticated by nothing else must
 * come from a page of ours, by the word of the browser itself: `Origin`, or `Sec-Fetch-Site` where there is none.
 * @throws {CrossSiteRefusedError}
 */
export function assertOwnPage(request: IncomingMessage, config: GatewayConfig): void {
  if (READS.has(request.method ?? '')) return;
  const { origin } = request.headers;
  // Our pages forbid the referrer, and browsers then write "null" in forms and same-origin calls.
  const isUnsaid = origin === undefined || origin === 'null';
  const isOurs = isUnsaid ? request.headers['sec-fetch-site'] === 'same-origin' : isOwnOrigin(origin, request, config);
  if (!isOurs) throw new CrossSiteRefusedError();
}

/**
 * A call without a key may spend the gateway's own credential, and forms and uploads need no preflight: a page of
 * somebody else must not make the visitor's browser send them. Programs send neither header and are not affected.
 * @throws {CrossSiteRefusedError}
 */
export function assertNoForeignPage(request: IncomingMessage, config: GatewayConfig): void {
  if (READS.has(request.method ?? '')) return;
  const { origin } = request.headers;
  const isNamed = origin !== undefined && origin !== 'null';
  if (isNamed && isRebound(origin, config)) throw new CrossSiteRefusedError();
  if (isNamed && (config.server.corsOrigins.includes(origin) || isOwnOrigin(origin, request, config))) return;
  const isForeign = isNamed || origin === 'null' || request.headers['sec-fetch-site'] === 'cross-site';
  if (isForeign && request.headers['sec-fetch-site'] !== 'same-origin') throw new CrossSiteRefusedError();
}

/**
 * A foreign name that resolves to this machine looks like our own address to the browser. A gateway that listens to
 * this machine alone, and knows no public name of its own, is only ever called by a loopback name.
 */
function isRebound(origin: string, { server }: GatewayConfig): boolean {
  if (!isLoopbackHost(server.host) || server.publicUrl !== undefined || server.corsOrigins.includes(origin))
    return false;
  return !URL.canParse(origin) || !isLoopbackHost(new URL(origin).hostname);
}
