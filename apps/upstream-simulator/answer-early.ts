import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.js';
import type { RecordedCall } from './ledger.js';

/**
 * Answers a request whose body is still being sent. Written past `ServerResponse`, which would close the connection, or
 * wait for the body, as it sees fit.
 * @param lingers whether to read on until the client has sent everything
 */
export function answerEarly(answer: Answer, request: IncomingMessage, call: RecordedCall, lingers: boolean): void {
  const { socket } = request;
  const bodies = [...answer.steps].flatMap((step) => (step.kind === 'part' ? [Buffer.from(step.content)] : []));
  const body = Buffer.concat(bodies);
  call.headersSent(answer.status);
  call.sending(body.length, { isEvent: false, tokens: 0 });
  socket.write(Buffer.concat([headOf(answer, body.length), body]));
  call.ended('complete');
  if (!lingers) {
    socket.destroySoon();
    return;
  }
  request.resume();
  request.once('end', () => socket.end());
}

/** Sends bytes that are a whole answer, status line and all, and closes the connection. */
export function answerRaw(bytes: Buffer, socket: Socket, call: RecordedCall): void {
  call.headersSent(Number(/^HTTP\/\d\.\d (\d{3})/.exec(bytes.subarray(0, 16).toString('latin1'))?.[1] ?? 0));
  call.sending(bytes.length, { isEvent: false, tokens: 0 });
  call.ended('complete');
  socket.write(bytes);
  socket.destroySoon();
}

function headOf({ status, headers }: Answer, contentLength: number): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': contentLength, connection: 'close' }).flatMap(
    ([name, value]) => (Array.isArray(value) ? value : [value]).map((single) => `${name}: ${String(single)}`),
  );
  return Buffer.from([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n'), 'latin1');
}
