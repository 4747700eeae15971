import type { IncomingMessage } from 'node:http';
import { USUAL_PATIENCE } from './client-patience.js';
import { PayloadTooLargeError, BodySilenceError } from './request-errors.js';

/**
 * Reads the body of a request whole.
 * @param maxBytes refused before it is buffered when `content-length` says more, and as soon as more arrives
 * @throws {PayloadTooLargeError}
 * @param silenceMs longest time without a byte
 * @throws {BodySilenceError} when no byte arrives for that long
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  silenceMs = USUAL_PATIENCE.bodySilenceMs,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared > maxBytes) {
      reject(new PayloadTooLargeError(maxBytes));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    let lastByteAt = performance.now();
    // One timer a request, armed again for what is left, is cheaper than one reset at every chunk.
    let timer = setTimeout(onTimer, silenceMs);
    function onTimer(): void {
      const left = lastByteAt + silenceMs - performance.now();
      if (left > 0) timer = setTimeout(onTimer, left + 1);
      else settle(() => reject(new BodySilenceError(silenceMs)));
    }
    function settle(how: () => void): void {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      how();
    }
    function onData(chunk: Buffer): void {
      size += chunk.length;
      lastByteAt = performance.now();
      if (size > maxBytes) settle(() => reject(new PayloadTooLargeError(maxBytes)));
      else chunks.push(chunk);
    }
    function onEnd(): void {
      settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    }
    function onClose(): void {
      settle(() => reject(new ClientLeftError()));
    }
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

/** The client went away while its request was still being read: there is nobody to answer. */
export class ClientLeftError extends Error {
  constructor() {
    super('the client closed the connection before its request was whole');
    this.name = 'ClientLeftError';
  }
}
