import type { UpstreamConfig } from '../config/gateway-config.js';
import { resourceAddress } from './providers/azure/azure-address.js';
import { MODEL_ENDPOINTS } from './endpoints.js';

/** Listed paths on which OpenAI has more methods than the gateway's own: they take the raw road. */
const OPENAI_ALSO_TAKES: Readonly<Record<string, readonly string[]>> = {
  '/v1/chat/completions': ['GET'],
};

const LISTED: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.values(MODEL_ENDPOINTS).map(({ path }): [string, string[]] => [path, ['POST']]),
  ['/v1/models', ['GET', 'HEAD']] as [string, string[]],
]);

/**
 * Methods of a listed path, when the one that came is neither the gateway's nor OpenAI's; else `undefined`, and the
 * call takes the raw road.
 */
export function allowedOnListedPath(method: string, path: string): readonly string[] | undefined {
  const name = path.toLowerCase().replace(/\/+$/, '');
  const allowed = LISTED.get(name);
  if (allowed === undefined) return undefined;
  const all = [...allowed, ...(OPENAI_ALSO_TAKES[name] ?? [])];
  return all.includes(method) ? undefined : all;
}

/**
 * Address at the upstream of a path below `/v1`, query included.
 * @param originalUrl as the client wrote it: `/v1/files/abc?limit=2`
 * @returns `undefined` for a path that leads out of the upstream's base URL by dots, encoded or not
 */
export function rawUrl(upstream: UpstreamConfig, originalUrl: string): string | undefined {
  const [path, query] = splitOnce(originalUrl.slice('/v1'.length), '?');
  const { baseUrl, query: ownQuery } = resourceAddress(upstream);
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const written = baseUrl.replace(/\/$/, '') + path;
  if (!URL.canParse(written)) return undefined;
  const resolved = new URL(written);
  if (resolved.origin !== base.origin || !resolved.pathname.startsWith(`${prefix}/`)) return undefined;
  const queries = [ownQuery.replace(/^\?/, ''), query ?? ''].filter((part) => part !== '');
  return resolved.origin + resolved.pathname + (queries.length > 0 ? `?${queries.join('&')}` : '');
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
