import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '../config/gateway-config.js';
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
