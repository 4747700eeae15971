import { readErrorObject } from '../../../libs/openai/openai-error.js';
import { isRetryableAnswer } from '../../../libs/retry/retry-policy.js';
import { parseRetryAfter } from '../../../libs/retry/retry-after.js';
import type { Target } from '../../http/target.js';
import { passedErrorHeaders } from './passed-headers.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { UpstreamError, upstreamError, type UpstreamErrorInit } from './upstream-error.js';

/** Types that belong to a status where the upstream's own error has none. */
function defaultType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  if (status < 500) return 'invalid_request_error';
  return 'upstream_error';
}

/** A status that is no answer to this call: redirects are never followed, and a call for a model needs a body. */
export function refusedStatus(reply: UpstreamReply, name: string): UpstreamError | undefined {
  const { status } = reply;
  if (isRedirect(status)) return redirectRefused(status, name);
  if (status < 200 || status === 204 || status === 205 || status === 304) {
    return upstreamError('upstream_bad_response', `The upstream '${name}' answered ${status}, without an answer.`, {
      upstreamStatus: status,
    });
  }
  return undefined;
}

/** 304 is none: it says that the client has the answer already. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

export function redirectRefused(status: number, name: string): UpstreamError {
  const message = `The upstream '${name}' answered with a redirect, which is never followed. Set its final base URL.`;
  return upstreamError('upstream_redirect_refused', message, { upstreamStatus: status, shouldRetry: false });
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
  const own = readErrorObject(withoutCredential(json, target));
  const code = own?.code ?? 'upstream_error';
  const isQuota = own?.code === 'insufficient_quota' || own?.type === 'insufficient_quota';
  const { message: _message, type: _type, code: _code, param: _param, ...extra } = own?.object ?? {};
  return new UpstreamError({
    status,
    type: own?.type ?? defaultType(status),
    code,
    message: own?.message ?? `The upstream '${name}' answered ${status} without saying why.`,
    param: own?.param,
    extra,
    ...head,
    isRetryable: isRetryableAnswer(status, isQuota ? 'insufficient_quota' : code),
    ...(isQuota ? { shouldRetry: false as const } : {}),
    upstreamStatus: status,
    isUpstreamsOwn: true,
  });
}

/** Some upstreams repeat the key that they refuse, in the message or in a field of their own. */
function withoutCredential(json: unknown, target: Target): unknown {
  const credential = target.credential?.value;
  if (credential === undefined || credential.length <= 3 || json === undefined) return json;
  const written = JSON.stringify(json);
  return written.includes(credential) ? JSON.parse(written.replaceAll(credential, '***')) : json;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // HTML and other bodies of proxies in between say nothing that a client should see.
    return undefined;
  }
}
