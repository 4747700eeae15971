import { upstreamError, type UpstreamError } from './upstream-error.js';

/** The connection was not made in time. */
export class ConnectTimeoutError extends Error {
  readonly code = 'GATEWAY_CONNECT_TIMEOUT';
}

/** An address that a person saved leads to a machine that the gateway must not call. */
const REFUSED_ADDRESS = 'ADDRESS_REFUSED';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ENOENT',
]);
const RESET = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);
const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO|INVALID_CA|INVALID_PURPOSE)/;

/**
 * Says what a failure of the transport means. The error itself, which may hold the request and so the key, goes no further.
 * @param name the upstream's name, for the message
 * @param isStaleSocket the socket had served an earlier call and was closed before it answered this one
 */
export function fromTransportError(thrown: unknown, name: string, isStaleSocket: boolean): UpstreamError {
  const code = codeOf(thrown);
  if (code === 'GATEWAY_CONNECT_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return upstreamError('upstream_timeout', `No connection to the upstream '${name}' in time.`, { isRetryable: true });
  }
  if (code === REFUSED_ADDRESS) {
    const message = `The address of '${name}' is not one that this gateway may call.`;
    return upstreamError('upstream_unreachable', message, { shouldRetry: false });
  }
  if (UNREACHABLE.has(code)) {
    return upstreamError('upstream_unreachable', `The upstream '${name}' cannot be reached.`, { isRetryable: true });
  }
  if (TLS.test(code)) {
    const message = `The upstream '${name}' has no certificate that this gateway trusts.`;
    return upstreamError('upstream_tls_error', message, { shouldRetry: false });
  }
  if (RESET.has(code) && !isUpgrade(thrown)) {
    const message = `The upstream '${name}' closed the connection without an answer.`;
    return upstreamError('upstream_reset', message, { isRetryable: true, isStaleSocket });
  }
  return upstreamError('upstream_bad_response', `The upstream '${name}' sent something that is no HTTP answer.`);
}

/** Nobody asked for another protocol; undici tells of a 101 as it tells of a closed socket. */
function isUpgrade(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message === 'bad upgrade';
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if ('errors' in thrown && Array.isArray(thrown.errors)) return codeOf(thrown.errors[0]);
  return '';
}
