import type { IncomingMessage } from 'node:http';
import type { GatewayError } from './gateway-error.js';
import { BadRequestError, ExpectationError, MethodNotAllowedError } from './request-errors.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * What Node's parser lets pass and the gateway does not: requests that another server on the way could read
 * differently, and protocols that nobody speaks here. All of these answers close the connection.
 */
export function malformationOf(request: IncomingMessage): GatewayError | undefined {
  const { method, headers } = request;
  if (method === 'TRACE') return new MethodNotAllowedError('TRACE', METHODS, true);
  const hosts = countHosts(request.rawHeaders);
  if (hosts > 1 || (hosts === 0 && request.httpVersion !== '1.0')) {
    return new BadRequestError('Send exactly one Host header.');
  }
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return new BadRequestError('Send the body with a content-length, or with chunked as its only transfer-encoding.');
  }
  if (headers.upgrade !== undefined && !isHttp2Offer(headers.upgrade)) {
    return new BadRequestError('Connections are not upgraded here. Send the request without an Upgrade header.');
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') return new ExpectationError();
  return undefined;
}

/** Node keeps the first of two Host headers and hides the second. */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** Java's own client offers HTTP/2 with every plain request; who does not speak it goes on with HTTP/1.1. */
function isHttp2Offer(upgrade: string): boolean {
  return upgrade.toLowerCase() === 'h2c';
}
