import { ConnectionLostError, toApiError } from './api-error.js';
import { connectionFound, connectionLost } from './connection.js';
import { keyForApi } from './credentials.js';

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absent, null and empty values are not written. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** The caller's key; when absent the tab's own, `null` sends none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Builds `/path?a=1&b=2&b=3` from values that are there. */
export function pathWithQuery(path: string, query: ApiRequest['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const part of Array.isArray(value) ? value : [value]) params.append(name, String(part));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Calls the gateway that served this page.
 * @returns the answer when its status is 2xx, its body unread
 * @throws {ApiError} for any other status
 * @throws {ConnectionLostError} when no answer came
 * An abort rejects with the signal's own reason.
 */
export async function callGateway(path: string, request: ApiRequest = {}): Promise<Response> {
  const headers = new Headers(request.headers);
  const key = request.key === undefined ? keyForApi() : request.key;
  if (key !== null) headers.set('authorization', `Bearer ${key}`);
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  const response = await send(pathWithQuery(path, request.query), {
    method: request.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    redirect: 'error',
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  if (!response.ok) throw toApiError(response.status, response.headers, await response.text());
  return response;
}

/** Calls the gateway and reads a JSON answer; `undefined` for 204. The type is the contract's word. */
export async function fetchJson<Answer>(path: string, request: ApiRequest = {}): Promise<Answer> {
  const response = await callGateway(path, request);
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    // A proxy that answers 200 with its own page is as good as no gateway.
    throw toApiError(response.status, response.headers, text);
  }
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    connectionFound();
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    connectionLost();
    throw new ConnectionLostError({ cause: error });
  }
}
