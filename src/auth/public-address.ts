import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isLoopbackHost } from '../config/loopback.js';
import { hostNameOf } from './direct-loopback.js';
import { isHttps } from './own-origin.js';

export const CALLBACK_PATH = '/auth/callback';

/**
 * The address that the identity provider sends the browser back to. On this machine it is the gateway's own port,
 * also when the request came through the dashboard's development server on another one.
 */
export function callbackUrl(request: IncomingMessage, config: GatewayConfig): string {
  const { publicUrl } = config.server;
  if (publicUrl !== undefined) return `${publicUrl}${CALLBACK_PATH}`;
  const host = request.headers.host ?? '';
  const name = hostNameOf(host);
  const authority = isLoopbackHost(name) ? `${name}:${request.socket.localPort ?? config.server.port}` : host;
  return `${isHttps(request, config) ? 'https' : 'http'}://${authority}${CALLBACK_PATH}`;
}

/** A page of the dashboard; relative where the dashboard and the gateway are one address. */
export function dashboardUrl(path: string, config: GatewayConfig): string {
  return `${config.server.dashboardUrl ?? config.server.publicUrl ?? ''}${path}`;
}
