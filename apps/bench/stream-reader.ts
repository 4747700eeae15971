import { Pool } from 'undici';
import { WrongAnswerError } from './closed-loop.js';
import { HEADERS, STREAMED_REQUEST } from './payloads.js';

const PATH = '/v1/chat/completions';
const EVENT_END = Buffer.from('\n\n');

/** Streams from one server. Counts their events; what they say is not looked at. */
export class StreamReader {
  private readonly pool: Pool;
  private hasClosed = false;
  private failure: unknown;
  /** Events of all streams. */
  events = 0;

  constructor(origin: string, streams: number) {
    this.pool = new Pool(origin, { connections: streams, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  }

  /** @returns ms until the first event; the stream goes on until it ends or the reader is closed */
  open(onEnd: () => void = () => undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const start = performance.now();
      let hasEvent = false;
      const fail = (error: unknown): void => {
        if (!this.hasClosed) this.failure ??= error;
        reject(error);
      };
      this.pool.dispatch(
        { path: PATH, method: 'POST', headers: HEADERS, body: STREAMED_REQUEST },
        {
          onRequestStart: () => undefined,
          onResponseStart: (_controller, statusCode) => {
            if (statusCode !== 200) fail(new WrongAnswerError(`status ${statusCode}`));
          },
          onResponseData: (_controller, chunk) => {
            this.events += eventsIn(chunk);
            if (hasEvent) return;
            hasEvent = true;
            resolve(performance.now() - start);
          },
          onResponseEnd: () => {
            if (!hasEvent) fail(new WrongAnswerError('a stream without an event'));
            onEnd();
          },
          onResponseError: (_controller, error) => fail(error),
        },
      );
    });
  }

  /** @throws what has broken a stream, if anything has */
  check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Leaves all streams that are still open. */
  async close(): Promise<void> {
    this.hasClosed = true;
    await this.pool.destroy();
  }
}

function eventsIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(EVENT_END); at !== -1; at = chunk.indexOf(EVENT_END, at + 2)) count += 1;
  return count;
}
