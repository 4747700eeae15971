import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { Agent } from 'undici';

/**
 * The baseline: what Node and undici cost for passing a call on, with nothing of a gateway. `UPSTREAM` is an origin;
 * the address is printed.
 */
const { UPSTREAM = '' } = process.env;
const agent = new Agent({ pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const { 'content-type': type, 'content-length': length, authorization } = request.headers;
  const reply = await agent.request({
    origin: UPSTREAM,
    path: request.url ?? '/',
    method: 'POST',
    headers: { 'content-type': type, 'content-length': length, authorization },
    body: request,
    signal: left.signal,
  });
  response.writeHead(reply.statusCode, reply.headers);
  pipeline(reply.body, response, (error) => {
    if (error) response.destroy();
  });
}

const server = createServer((request, response) => {
  pass(request, response).catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Bare proxy listens on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
