import { SseParser } from '../../libs/sse/sse-parser.js';

export interface ChatRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly [more: string]: unknown;
}

/** A chat request that any upstream answers; say what matters to the test. */
export function aChatRequest(more: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'gpt-4o', messages: [{ role: 'user', content: 'Tell me something about the sea.' }], ...more };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  json<T = Record<string, unknown>>(): T;
  /** Data of the events of a stream, in order. */
  events(): string[];
}

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly method?: string;
}

/** Posts JSON and reads the answer whole. */
export async function post(url: string, body: unknown, options: PostOptions = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: options.method ?? 'POST',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return answerOf(response);
}

export async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return answerOf(await fetch(url, { headers }));
}

async function answerOf(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: <T>() => JSON.parse(text) as T,
    events: () => {
      const parser = new SseParser();
      return [...parser.push(bytes), ...parser.end()].flatMap(({ data }) => (data === undefined ? [] : [data]));
    },
  };
}

export interface ErrorShape {
  readonly error: { readonly message: string; readonly type: string; readonly param: unknown; readonly code: unknown };
}

/** The record of a request, as `/api/requests/{id}` tells it. */
export interface RequestRecord {
  readonly requestId: string;
  readonly status: string;
  readonly httpStatus: number;
  readonly attempts: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly usageSource: string;
  readonly costUsd: number | null;
  readonly tries: readonly {
    readonly httpStatus: number | null;
    readonly error: string | null;
    readonly free?: true;
  }[];
}

export async function recordOf(origin: string, requestId: string): Promise<RequestRecord> {
  const answer = await get(`${origin}/api/requests/${requestId}`);
  if (answer.status !== 200) throw new Error(`no record of ${requestId}: ${answer.status} ${answer.text}`);
  return answer.json<RequestRecord>();
}

/** Waits for what another process or a later turn of the event loop brings about. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 5_000,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new Error(`it did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
