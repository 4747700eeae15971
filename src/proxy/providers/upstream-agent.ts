import { Agent, buildConnector } from 'undici';
import { ConnectTimeoutError } from './transport-error.js';

/** Below the idle time of usual servers, so that a kept socket is rarely stale. */
const KEEP_ALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 16_384;

export interface UpstreamAgentOptions {
  /** TCP and TLS together, ms. */
  readonly connectTimeoutMs: number;
  readonly maxConnectionsPerOrigin: number;
}

type Connect = buildConnector.connector;

/** Remembers, for the error that ended a socket, whether that socket had answered before: then the error is staleness. */
export class StaleSockets {
  private readonly bytesReadAtError = new WeakMap<object, number>();

  watch(socket: NodeJS.EventEmitter & { readonly bytesRead: number }): void {
    socket.once('error', (error: object) => this.bytesReadAtError.set(error, socket.bytesRead));
  }

  isStale(thrown: unknown): boolean {
    if (typeof thrown !== 'object' || thrown === null) return false;
    const seen = this.bytesReadAtError.get(thrown);
    if (seen !== undefined) return seen > 0;
    const closed = thrown as { code?: unknown; socket?: { bytesRead?: number } };
    return closed.code === 'UND_ERR_SOCKET' && (closed.socket?.bytesRead ?? 0) > 0;
  }
}

/**
 * Connections to upstreams: kept alive, without redirects, proxies or cookies; undici has none of these unless asked.
 * @param connect the connector below the exact timer (its own ticks about once a second and closes what hangs);
 *   another one refuses private addresses
 */
export function upstreamAgent(
  options: UpstreamAgentOptions,
  staleSockets: StaleSockets,
  connect: Connect = buildConnector({ timeout: options.connectTimeoutMs, maxCachedSessions: 100 }),
): Agent {
  return new Agent({
    connections: options.maxConnectionsPerOrigin,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // undici's own clocks tick about once a second; every limit has an exact timer of the caller.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: withTimeout(connect, options.connectTimeoutMs, staleSockets),
  });
}

function withTimeout(connect: Connect, timeoutMs: number, staleSockets: StaleSockets): Connect {
  return (options, callback) => {
    let isSettled = false;
    const timer = setTimeout(() => {
      if (isSettled) return;
      isSettled = true;
      callback(new ConnectTimeoutError('connect timeout'), null);
    }, timeoutMs);
    connect(options, (...result) => {
      clearTimeout(timer);
      const [error, socket] = result;
      if (isSettled) {
        // Too late: somebody was told that there is no connection.
        socket?.destroy();
        return;
      }
      isSettled = true;
      if (error) {
        callback(error, null);
        return;
      }
      staleSockets.watch(socket);
      callback(null, socket);
    });
  };
}
