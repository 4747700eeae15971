import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isLoopbackHost } from '../config/loopback.js';
import { isOwnOrigin } from './own-origin.js';

const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'via',
] as const;

/**
 * Whether a request comes straight from this machine: a loopback peer, no trace of a proxy, a loopback name as
 * `Host` (so that no page can reach us under a name of its own that resolves to 127.0.0.1), and no foreign `Origin`.
 */
export function isDirectLoopback(request: IncomingMessage, config: GatewayConfig): boolean {
  if (!isLoopbackHost(request.socket.remoteAddress ?? '')) return false;
  if (FORWARDING_HEADERS.some((name) => request.headers[name] !== undefined)) return false;
  if (!isLoopbackHost(hostNameOf(request.headers.host ?? ''))) return false;
  const origin = request.headers.origin;
  return origin === undefined || isOwnOrigin(origin, request, config) || isLoopbackOrigin(origin);
}

/** Whether anybody could be an administrator by the configuration; if not, direct loopback callers are. */
export function isAdminConfigured(config: GatewayConfig): boolean {
  return config.adminKey !== undefined || (config.google !== undefined && config.adminEmails.length > 0);
}

/** The name in a `Host` header, without the port; IPv6 keeps its brackets. */
export function hostNameOf(host: string): string {
  return host.replace(/:\d*$/, '');
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}
