import type { IncomingMessage } from 'node:http';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isFromTrustedProxy } from './client-address.js';

/** Whether the browser sees this request as https: by the public URL, by a trusted proxy's word, or by the socket. */
export function isHttps(request: IncomingMessage, config: GatewayConfig): boolean {
  const { publicUrl, trustedProxies } = config.server;
  if (publicUrl !== undefined) return publicUrl.startsWith('https:');
  if ('encrypted' in request.socket && request.socket.encrypted === true) return true;
  if (!isFromTrustedProxy(request, trustedProxies)) return false;
  return lastOf(request.headers['x-forwarded-proto']) === 'https';
}

/** Whether a page of this origin is the gateway's own: its public URL, its dashboard, or the address just called. */
export function isOwnOrigin(origin: string, request: IncomingMessage, config: GatewayConfig): boolean {
  if (!URL.canParse(origin)) return false;
  const { publicUrl, dashboardUrl } = config.server;
  if (originOf(publicUrl) === origin || originOf(dashboardUrl) === origin) return true;
  const host = request.headers.host;
  return (
    host !== undefined &&
    new URL(origin).origin === originOf(`${isHttps(request, config) ? 'https' : 'http'}://${host}`)
  );
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim();
}
