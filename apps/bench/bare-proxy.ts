import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';

/**
 * The baseline: what Node and undici cost for passing a call on and streaming its answer back, with nothing of a
 * gateway. `pipeline` and an `AbortSignal` are left out on purpose: they more than double its cost. `UPSTREAM` is an
 * origin; the address is printed.
 */
const { UPSTREAM = '' } = process.env;
const agent = new Agent({ pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });

async function pass(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  const { 'content-type': contentType, authorization } = request.headers;
  const reply = await agent.request({
    origin: UPSTREAM,
    path: request.url ?? '/',
    method: 'POST',
    headers: { 'content-type': contentType, authorization },
    body,
  });
  response.once('close', () => reply.body.destroy());
  reply.body.once('error', () => response.destroy());
  response.writeHead(reply.statusCode, reply.headers);
  reply.body.pipe(response);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    pass(request, response, Buffer.concat(chunks)).catch(() => response.destroy());
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Bare proxy listens on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
