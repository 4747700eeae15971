import type { UpstreamReply } from './upstream-body.js';

/** Names that the client sees as the upstream sent them. Everything else of an upstream stays behind. */
const PASSED: Readonly<Record<string, string>> = {
  'content-disposition': 'Content-Disposition',
  'content-range': 'Content-Range',
  'accept-ranges': 'Accept-Ranges',
  etag: 'ETag',
  'last-modified': 'Last-Modified',
  'openai-model': 'openai-model',
  'openai-organization': 'openai-organization',
  'openai-processing-ms': 'openai-processing-ms',
  'openai-version': 'openai-version',
};

/** Headers of an upstream that may pass; its request id and rate limits under names that say whose they are. */
export function passedHeaders(headers: UpstreamReply['headers']): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    const shown = shownName(name);
    if (shown !== undefined) passed[shown] = toLatin1Value(value);
  }
  return passed;
}

/** The same of an error: who answered and what is left there; what describes a body does not fit the gateway's own. */
export function passedErrorHeaders(headers: UpstreamReply['headers']): Record<string, string | string[]> {
  const passed = Object.entries(passedHeaders(headers));
  return Object.fromEntries(passed.filter(([name]) => /^(x-upstream-|openai-)/.test(name)));
}

function shownName(name: string): string | undefined {
  if (name === 'x-request-id' || name === 'request-id' || name === 'apim-request-id') return 'x-upstream-request-id';
  if (name.startsWith('x-ratelimit-')) return `x-upstream-ratelimit-${name.slice('x-ratelimit-'.length)}`;
  if (name.startsWith('anthropic-ratelimit-'))
    return `x-upstream-ratelimit-${name.slice('anthropic-ratelimit-'.length)}`;
  return PASSED[name];
}

/** Node refuses control characters in a header; an upstream that sends them must not break the answer. */
function toLatin1Value(value: string | string[]): string | string[] {
  return Array.isArray(value) ? value.map(clean) : clean(value);
}

const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/g;

function clean(value: string): string {
  return value.replace(UNSENDABLE, '');
}
