import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type Behaviour, bytesOf } from './behaviour.js';

const FIXED_FIELDS = new Set([
  'times',
  'status',
  'contentType',
  'headers',
  'headersAfterMs',
  'bytes',
  'sse',
  'eventEveryMs',
]);

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

const prepared = new WeakMap<Behaviour, Serve | null>();

/**
 * A shortcut for benchmarks: answers from bytes made once, without reading the request or keeping account of it.
 * @returns null for a behaviour that asks for more than exact `bytes`, or an exact `sse` at an even pace
 */
export function fixedAnswerOf(behaviour: Behaviour): Serve | null {
  const known = prepared.get(behaviour);
  if (known !== undefined) return known;
  const serve = prepare(behaviour);
  prepared.set(behaviour, serve);
  return serve;
}

function prepare(behaviour: Behaviour): Serve | null {
  if (!Object.keys(behaviour).every((name) => FIXED_FIELDS.has(name))) return null;
  const { bytes, sse, status = 200, headersAfterMs = 0, eventEveryMs } = behaviour;
  const answer =
    bytes !== undefined
      ? bufferedServer(status, headersOf(behaviour, 'application/json'), bytesOf(bytes))
      : Array.isArray(sse) && eventEveryMs !== undefined
        ? streamServer(status, headersOf(behaviour, 'text/event-stream; charset=utf-8'), sse as string[], eventEveryMs)
        : null;
  if (answer === null) return null;
  return (request, response) => {
    request.resume();
    request.once(
      'end',
      headersAfterMs > 0 ? () => setTimeout(answer, headersAfterMs, response) : () => answer(response),
    );
  };
}

function headersOf({ headers = {}, contentType }: Behaviour, usualType: string): OutgoingHttpHeaders {
  const given = Object.entries(headers).filter(([, value]) => value !== null);
  return { 'content-type': contentType ?? usualType, ...(Object.fromEntries(given) as OutgoingHttpHeaders) };
}

function bufferedServer(
  status: number,
  headers: OutgoingHttpHeaders,
  body: Buffer,
): (response: ServerResponse) => void {
  const whole = { ...headers, 'content-length': String(body.length) };
  return (response) => {
    response.writeHead(status, whole);
    response.end(body);
  };
}

function streamServer(
  status: number,
  headers: OutgoingHttpHeaders,
  sse: readonly string[],
  everyMs: number,
): (response: ServerResponse) => void {
  const events = sse.map((event) => Buffer.from(event));
  return (response) => {
    response.writeHead(status, headers);
    response.flushHeaders();
    let next = 0;
    const timer = setInterval(() => {
      const event = events[next];
      next += 1;
      if (event !== undefined && next < events.length) {
        response.write(event);
        return;
      }
      clearInterval(timer);
      response.end(event);
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };
}
