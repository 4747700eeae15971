import { Pool } from 'undici';
import { BUFFERED_ANSWER, BUFFERED_REQUEST, HEADERS } from './payloads.js';

const PATH = '/v1/chat/completions';

/** An answer that is not the upstream's: what was measured is worth nothing. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
}

/**
 * Calls without a stream over kept connections: each caller sends its next call when it has its answer whole.
 * @returns the time of every call, in ms
 * @throws {WrongAnswerError} when an answer is not the one that the upstream gave
 */
export async function callInLoop(origin: string, concurrency: number, durationMs: number): Promise<number[]> {
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  const latencies: number[] = [];
  const end = performance.now() + durationMs;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) latencies.push(await callOnce(pool));
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, caller));
  } finally {
    await pool.destroy();
  }
  return latencies;
}

function callOnce(pool: Pool): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let status = 0;
    let size = 0;
    pool.dispatch(
      { path: PATH, method: 'POST', headers: HEADERS, body: BUFFERED_REQUEST },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_controller, chunk) => {
          size += chunk.length;
        },
        onResponseEnd: () => {
          if (status === 200 && size === BUFFERED_ANSWER.length) resolve(performance.now() - start);
          else reject(new WrongAnswerError(`status ${status} and ${size} bytes`));
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
