import type { UpstreamBody } from './upstream-body.js';

export interface Collected {
  /** The body, whole or as much of it as `maxBytes` allows. */
  readonly bytes: Buffer;
  readonly isWhole: boolean;
  /** What ended it early; `undefined` when it is whole or larger than `maxBytes`. */
  readonly failure?: unknown;
}

/** Reads a body up to `maxBytes` and tells what came of it, once. */
export function collectBody(body: UpstreamBody, maxBytes: number, done: (collected: Collected) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let isOver = false;
  const finish = (isWhole: boolean, failure?: unknown): void => {
    if (isOver) return;
    isOver = true;
    const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
    done({ bytes, isWhole, failure });
  };
  body.read({
    data: (chunk) => {
      if (isOver) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) {
        body.abort();
        finish(false);
      }
    },
    end: () => finish(true),
    error: (thrown) => finish(false, thrown),
  });
}
