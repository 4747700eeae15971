import type { IncomingMessage } from 'node:http';

/** The whole body of a request, or what came of it before the peer left. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // `error` comes when the peer leaves, always followed by `close`.
    request.on('error', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve(Buffer.concat(chunks)));
    request.once('end', () => resolve(Buffer.concat(chunks)));
  });
}
