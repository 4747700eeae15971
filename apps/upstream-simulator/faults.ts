import type { Behaviour } from './behaviour.js';

const KB = 1_024;

/** Everything that goes wrong with upstreams, by name: one behaviour each, for tests that walk through them. */
export const UPSTREAM_FAULTS = {
  resetBeforeHeaders: { reset: 'before-headers' },
  resetAfterHeaders: { reset: 'after-headers' },
  resetMidBody: { reset: 'mid-body' },
  resetAfterFirstEvent: { resetAfterEvents: 1 },
  resetOfReusedSocket: { resetReusedSocket: true },
  idleSocketsClosed: { closeIdleSockets: true },

  errorEventFirst: { streamError: { afterEvents: 0 } },
  rateLimitEventFirst: {
    streamError: {
      afterEvents: 0,
      error: { message: 'Rate limit reached', type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    },
  },
  overloadedEventFirst: { streamError: { afterEvents: 0, error: { message: 'Overloaded', type: 'overloaded_error' } } },
  errorEventLater: { streamError: { afterEvents: 3 } },

  rateLimitedSeconds: { status: 429, retryAfter: { seconds: 1 } },
  rateLimitedDate: { status: 429, retryAfter: { dateInMs: 2_000 } },
  rateLimitedMs: { status: 429, retryAfter: { ms: 500 } },
  insufficientQuota: {
    status: 429,
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    },
  },
  internalError: { status: 500 },
  badGateway: { status: 502, body: '<html><body>502 Bad Gateway</body></html>', contentType: 'text/html' },
  unavailable: { status: 503 },
  gatewayTimeout: { status: 504 },
  overloaded: { status: 529 },
  badRequest: { status: 400 },
  unauthorized: { status: 401 },
  forbidden: { status: 403 },
  notFound: { status: 404 },
  conflict: { status: 409 },
  tooLarge: { status: 413 },
  unprocessable: { status: 422 },

  headersNever: { headersAfterMs: 3_600_000 },
  firstEventNever: { firstEventAfterMs: 3_600_000 },
  slowEvents: { eventEveryMs: 200 },
  stallAtOnce: { stallAfterEvents: 0 },
  stallLater: { stallAfterEvents: 3 },
  heartbeatsOnly: { heartbeats: { afterEvents: 0, everyMs: 20 } },
  heartbeatsLater: { heartbeats: { afterEvents: 3, everyMs: 20 } },
  endlessStream: { endless: { afterEvents: 3, everyMs: 1 } },
  hugeEvent: { hugeEvent: { afterEvents: 2, bytes: 1_100 * KB } },
  endlessLine: { endlessLine: { afterEvents: 2 } },

  malformedJson: { body: '{"id":"chatcmpl-1","choices":[{"mess' },
  malformedEvent: { malformedEventAfter: 2 },
  malformedFirstEvent: { malformedEventAfter: 0 },
  html: { body: '<!doctype html><title>Sign in</title>', contentType: 'text/html; charset=utf-8' },
  emptyBody: { body: '' },
  noDone: { omitDone: true },
  truncated: { endAfterEvents: 3 },
  noFinishReason: { omitFinishReason: true, omitDone: true },
  endsWithoutEvents: { endAfterEvents: 0 },

  noUsage: { usage: { shape: 'none' } },
  nullUsage: { usage: { shape: 'null' } },
  cumulativeUsage: { usage: { shape: 'cumulative' } },
  usageWithChoices: { usage: { shape: 'with-choices' } },
  usageOnFinish: { usage: { shape: 'on-finish' } },
  usageEarly: { usage: { shape: 'early' } },

  gzip: { contentEncoding: 'gzip' },
  brotli: { contentEncoding: 'br' },
  lyingEncoding: { contentEncoding: 'lying' },
  truncatedEncoding: { contentEncoding: 'truncated' },
  bomb: { contentEncoding: 'bomb' },

  redirect: { redirectTo: '/v1/echo/redirected' },
  movedPermanently: { status: 301, redirectTo: '/v1/echo/redirected' },
  noContent: { status: 204 },
  notModified: { status: 304 },
  switchingProtocols: { status: 101 },

  hostileHeaders: {
    headers: {
      'set-cookie': ['session=stolen; Path=/', 'tracking=1'],
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'x-request-id': 'req_upstream',
      'x-ratelimit-remaining-requests': '7',
      server: 'hostile/1.0',
      'x-powered-by': 'PHP/4',
    },
  },
  hugeHeader: { headers: { 'x-huge': 'a'.repeat(64 * KB) } },
  splitHeader: {
    rawResponse:
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-split: a\r\n\tfolded\r\nset-cookie: a=b\nx-bare: 1\r\ncontent-length: 2\r\n\r\n{}',
  },
  contentLengthShort: { contentLength: 'short' },
  contentLengthLong: { contentLength: 'long' },
  notHttp: { rawResponse: 'SSH-2.0-OpenSSH_9.2\r\n' },
  closedWithoutAnswer: { rawResponse: '' },
  earlyTooLarge: { status: 413, earlyAnswer: 'linger' },
  earlyTooLargeAndClosed: { status: 413, earlyAnswer: 'close' },

  byteByByte: { chunking: 'byte' },
  randomChunks: { chunking: { seed: 7 } },
  severalEventsPerChunk: { chunking: { eventsPerChunk: 3 } },

  azureContentFilter: {
    status: 400,
    error: {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: {
          hate: { filtered: false, severity: 'safe' },
          jailbreak: { filtered: true, detected: true },
          self_harm: { filtered: false, severity: 'safe' },
          sexual: { filtered: false, severity: 'safe' },
          violence: { filtered: true, severity: 'high' },
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type UpstreamFault = keyof typeof UPSTREAM_FAULTS;
