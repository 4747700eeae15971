import type { IncomingHttpHeaders } from 'node:http';
import type { Target } from '../../http/target.js';

const USER_AGENT = 'ai-gateway';
const PASSED = [
  'accept',
  'idempotency-key',
  'openai-organization',
  'openai-project',
  'openai-beta',
  'anthropic-version',
  'anthropic-beta',
] as const;
const PASSED_ON_RAW_ROAD = ['range', 'if-none-match'] as const;

/** Never sent on, whatever `AI_GATEWAY_FORWARD_HEADERS` says: credentials and the connection are the gateway's. */
const NEVER =
  /^(authorization|x-api-key|api-key|cookie|host|connection|keep-alive|te|trailer|upgrade|proxy-.*|transfer-encoding|content-length|expect|origin|referer|x-gateway-.*|x-forwarded-.*|x-real-ip)$/;

export interface OutgoingHeaderOptions {
  readonly contentType?: string | undefined;
  readonly isRaw?: boolean;
  readonly forwardHeaders: readonly string[];
}

/** The headers of the allow-list, without the credential. */
export function outgoingHeaders(client: IncomingHttpHeaders, options: OutgoingHeaderOptions): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT, 'accept-encoding': 'identity' };
  if (options.contentType !== undefined) headers['content-type'] = options.contentType;
  for (const name of PASSED) copy(client, name, headers);
  if (options.isRaw === true) for (const name of PASSED_ON_RAW_ROAD) copy(client, name, headers);
  for (const name of options.forwardHeaders) if (!NEVER.test(name)) copy(client, name, headers);
  headers.accept ??= '*/*';
  return headers;
}

function copy(client: IncomingHttpHeaders, name: string, headers: Record<string, string>): void {
  const value = client[name];
  if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
}

/**
 * Adds the one credential of the call: as `api-key` to Azure; on Anthropic's road the client's own key in the header
 * that it came in and any other as `x-api-key`; else as a bearer token.
 */
export function addCredential(headers: Record<string, string>, target: Target, path: string): void {
  const { credential } = target;
  if (!credential) return;
  if (target.upstream.kind === 'azure') {
    headers['api-key'] = credential.value;
    return;
  }
  if (path === '/messages' || path.startsWith('/messages/')) {
    const isBearer = credential.owner === 'client' && credential.clientHeader === 'authorization';
    if (isBearer) headers.authorization = `Bearer ${credential.value}`;
    else headers['x-api-key'] = credential.value;
    headers['anthropic-version'] ??= '2023-06-01';
    return;
  }
  headers.authorization = `Bearer ${credential.value}`;
}
