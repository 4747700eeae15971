import { readErrorObject } from '../../../libs/openai/openai-error.js';
import { parseRetryAfter } from '../../../libs/retry/retry-after.js';
import type { Target } from '../../http/target.js';
import { passedErrorHeaders } from './passed-headers.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { UpstreamError, upstreamError, type UpstreamErrorInit } from './upstream-error.js';

const RETRYABLE = new Set([408, 429, 500, 502, 503, 504, 529]);

/** Types that belong to a status where the upstream's own error has none. */
function defaultType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  if (status < 500) return 'invalid_request_error';
  return 'upstream_error';
}

export function isRetryableStatus(status: number): boolean {
  return RETRYABLE.has(status);
}

/** A status that is no answer to this call: redirects are never followed, and a call for a model needs a body. */
export function refusedStatus(reply: UpstreamReply, name: string): UpstreamError | undefined {
  const { status } = reply;
  if (status >= 300 && status < 400) {
    if (status === 304)
      return upstreamError('upstream_bad_response', `The upstream '${name}' answered ${status}.`, {
        upstreamStatus: status,
      });
    const message = `The upstream '${name}' answered with a redirect, which is never followed. Set its final base URL.`;
    return upstreamError('upstream_redirect_refused', message, { upstreamStatus: status, shouldRetry: false });
  }
  if (status < 200 || status === 204 || status === 205) {
    return upstreamError('upstream_bad_response', `The upstream '${name}' answered ${status}, without an answer.`, {
      upstreamStatus: status,
    });
  }
  return undefined;
}

/**
 * The error that an upstream answered with its status and body.
 * @param body at most as much of it as is worth reading
 * @param nowMs wall-clock time, for `Retry-After` dates
 */
export function fromErrorStatus(reply: UpstreamReply, body: Buffer, target: Target, nowMs = Date.now()): UpstreamError {
  const retryAfterMs = parseRetryAfter(
    { retryAfter: headerOf(reply.headers, 'retry-after'), retryAfterMs: headerOf(reply.headers, 'retry-after-ms') },
    nowMs,
  );
  return fromErrorObject(reply.status, parseJson(body), target, {
    retryAfterMs,
    headers: passedErrorHeaders(reply.headers),
  });
}

/** The same for an error that came inside an answer of status 200. */
export function fromErrorObject(
  status: number,
  json: unknown,
  target: Target,
  head: Pick<UpstreamErrorInit, 'retryAfterMs' | 'headers'> = {},
): UpstreamError {
  const { name } = target.upstream;
  if (status === 401 && target.credential?.owner === 'gateway') {
    const message = `The upstream '${name}' refused the gateway's own credential (${target.upstream.credentialSource}). An administrator must mend it.`;
    return upstreamError('upstream_auth_failed', message, { ...head, upstreamStatus: status, shouldRetry: false });
  }
  const own = readErrorObject(json);
  const code = own?.code ?? 'upstream_error';
  const isQuota = own?.code === 'insufficient_quota' || own?.type === 'insufficient_quota';
  const { message: _message, type: _type, code: _code, param: _param, ...extra } = own?.object ?? {};
  return new UpstreamError({
    status,
    type: own?.type ?? defaultType(status),
    code,
    message: own
      ? withoutSecrets(own.message, target)
      : `The upstream '${name}' answered ${status} without saying why.`,
    param: own?.param,
    extra,
    ...head,
    isRetryable: isRetryableStatus(status) && !isQuota,
    ...(isQuota ? { shouldRetry: false as const } : {}),
    upstreamStatus: status,
    isUpstreamsOwn: true,
  });
}

/** Some upstreams repeat the key that they refuse. */
function withoutSecrets(message: string, target: Target): string {
  const secret = target.credential?.value;
  return secret !== undefined && secret.length > 3 ? message.replaceAll(secret, '***') : message;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // HTML and other bodies of proxies in between say nothing that a client should see.
    return undefined;
  }
}
