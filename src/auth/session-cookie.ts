import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isHttps } from './own-origin.js';
import { SESSION_MS } from './session-tokens.js';

const PLAIN_NAME = 'ai_gateway_session';
/** Over https the prefix makes browsers refuse one that a neighbouring host has set. */
const HTTPS_NAME = `__Host-${PLAIN_NAME}`;

/** @returns undefined without a session cookie; over https the unprefixed one does not count */
export function readSessionCookie(request: IncomingMessage, config: GatewayConfig): string | undefined {
  const header = request.headers.cookie;
  // Most calls carry no such cookie: they are spared the parsing.
  if (header === undefined || !header.includes(PLAIN_NAME)) return undefined;
  const token = parseCookie(header)[isHttps(request, config) ? HTTPS_NAME : PLAIN_NAME];
  return token === '' ? undefined : token;
}

export function setSessionCookie(
  request: IncomingMessage,
  response: ServerResponse,
  config: GatewayConfig,
  token: string,
): void {
  append(request, response, config, token, SESSION_MS / 1_000);
}

export function clearSessionCookie(request: IncomingMessage, response: ServerResponse, config: GatewayConfig): void {
  append(request, response, config, '', 0);
}

function append(
  request: IncomingMessage,
  response: ServerResponse,
  config: GatewayConfig,
  value: string,
  maxAge: number,
): void {
  const secure = isHttps(request, config);
  const name = secure ? HTTPS_NAME : PLAIN_NAME;
  const cookie = stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure });
  response.appendHeader('Set-Cookie', cookie);
}
