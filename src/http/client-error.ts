import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { toOpenAiErrorBody } from '../../libs/openai/openai-error.js';

type ParserError = Error & { readonly code?: string };

interface ParserAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** How long the rest of a refused request is still read, so that its sender can read the refusal before the reset. */
const LINGER_MS = 500;

/** What a client is told whose bytes never became a request. */
function answerTo(error: ParserError): ParserAnswer {
  switch (error.code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: 'headers_too_large', message: 'The headers are larger than 16 KB.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'request_timeout', message: 'The headers were not whole within 15 seconds.' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, code: 'payload_too_large', message: 'The chunk extensions are too large.' };
    default:
      return { status: 400, code: 'bad_request', message: 'This is no HTTP request that the gateway can read.' };
  }
}

/** Answers parser-level errors in the one error shape and closes the connection. */
export function answerClientError(error: ParserError, socket: Socket): void {
  // Told already: what else comes of the same rubbish is read and dropped until the connection is closed.
  if (socket.writableEnded && !socket.destroyed) return;
  // A reset connection, or one whose answer is under way already, takes no answer.
  if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  endWith(socket, answerTo(error));
}

/** Answers `CONNECT`: the gateway is no forward proxy. */
export function refuseConnect(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  endWith(socket, {
    status: 400,
    code: 'bad_request',
    message: 'CONNECT is not served: this is no forward proxy. Send the request to /v1 itself.',
  });
}

function endWith(socket: Socket, { status, code, message }: ParserAnswer): void {
  const body = JSON.stringify(toOpenAiErrorBody({ message, type: 'invalid_request_error', code }));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n` +
      'Content-Type: application/json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Request-Id: req_${crypto.randomUUID().replaceAll('-', '')}\r\n` +
      'X-Error-Source: gateway\r\n' +
      'Connection: close\r\n\r\n' +
      body,
  );
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function isAnswering(socket: Socket): boolean {
  const message = (socket as Socket & { _httpMessage?: { headersSent: boolean } | null })._httpMessage;
  return message?.headersSent === true;
}
