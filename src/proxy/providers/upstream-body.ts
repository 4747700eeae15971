import type { Flow } from '../../http/request-context.js';

/** Who reads an upstream's body. Exactly one of `end` and `error` comes, and nothing after it. */
export interface BodySink {
  data(chunk: Buffer): void;
  end(): void;
  error(thrown: unknown): void;
}

/** The body of an upstream's answer: bytes pushed as they arrive, with a brake. Nothing flows before `read`. */
export interface UpstreamBody extends Flow {
  read(sink: BodySink): void;
  /** Closes the upstream's socket; the sink hears nothing more. */
  abort(): void;
}

export interface UpstreamReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: UpstreamBody;
}

/** A value of a header that may have come several times: the first one. */
export function headerOf(headers: UpstreamReply['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
