import type { IncomingHttpHeaders } from 'node:http';
import { recordOf, textOf } from '../../libs/demo-model/read-json.js';
import { type FormField, readMultipart } from './multipart.js';

/** A request as the endpoints see it. */
export interface SimulatorRequest {
  readonly method: string;
  /** Path below the API's root (`/chat/completions`), without the query. */
  readonly path: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
  readonly form: readonly FormField[];
  readonly model: string | null;
  /** Called by Azure's address of a deployment. */
  readonly isAzure: boolean;
}

export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Where an address belongs: under `/v1`, Azure's `/openai/v1`, Azure's deployments, or nowhere. */
export function addressOf(pathname: string): { path: string; deployment: string | null } | null {
  const deployment = /^\/openai\/deployments\/([^/]+)(\/.*)$/.exec(pathname);
  if (deployment !== null) {
    const [, name = '', path = ''] = deployment;
    return { path, deployment: decodeURIComponent(name) };
  }
  const version = /^(?:\/openai)?\/v1(\/.*)?$/.exec(pathname);
  return version === null ? null : { path: version[1] ?? '/', deployment: null };
}

/** The path of a request target; `new URL` would throw at some that a client can send. */
export function pathnameOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** @returns null for an address outside the API */
export function readRequest({ method, url, headers, rawHeaders, body }: RequestParts): SimulatorRequest | null {
  const address = addressOf(pathnameOf(url));
  if (address === null) return null;
  const contentType = headers['content-type'] ?? '';
  const form = contentType.startsWith('multipart/form-data') ? readMultipart(body, contentType) : [];
  const json = form.length === 0 ? parseJson(body) : undefined;
  const formModel = form.find(({ name }) => name === 'model')?.content.toString('utf8');
  const model = textOf(recordOf(json)['model']) || formModel || address.deployment;
  const query = new URLSearchParams(url.slice(pathnameOf(url).length));
  const isAzure = address.deployment !== null;
  return { method, path: address.path, url, query, headers, rawHeaders, body, json, form, model, isAzure };
}

export function parseJson(body: Buffer): unknown {
  // 0x7b and 0x5b are `{` and `[`: audio and images are not even tried.
  if (body.length === 0 || (body[0] !== 0x7b && body[0] !== 0x5b && body[0] !== 0x20 && body[0] !== 0x0a))
    return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // A body that is no JSON is an ordinary case: the endpoints say so where it matters.
    return undefined;
  }
}
