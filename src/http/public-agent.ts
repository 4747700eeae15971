import { isIP } from 'node:net';
import type { lookup } from 'node:dns';
import { Agent } from 'undici';
import { publicConnector } from './public-connector.js';

const KEEP_ALIVE_MS = 10_000;

/** Connections for addresses that people saved: private, local and metadata addresses are refused as it connects. */
export function publicAgent(connectTimeoutMs: number, resolve?: typeof lookup): Agent {
  return new Agent({
    connections: 16,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: publicConnector(connectTimeoutMs, resolve),
  });
}

/**
 * Whether calls to a base URL that was allowed, and is no upstream's, must end at a public address. An administrator
 * who allows `http://10.0.0.5/v1` or `http://localhost:8080/v1` has written the private address down; one who allows
 * a name has not, and the name's owner could point it at our network at any time.
 */
export function mustBePublic(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 && host !== 'localhost' && !host.endsWith('.localhost');
}
