import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** One HTTP answer as it stood on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Framing removed: chunks joined. */
  readonly body: string;
}

/** A client that sends whatever bytes it is given, well-formed or not. */
export class RawClient {
  private readonly chunks: Buffer[] = [];
  private isClosed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    // A reset is one of the ways in which a server closes; the tests look at what came before it.
    socket.on('error', () => undefined);
    socket.once('close', () => (this.isClosed = true));
  }

  /** @param origin `http://127.0.0.1:54321` */
  static async connect(origin: string): Promise<RawClient> {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  get received(): string {
    return Buffer.concat(this.chunks).toString('latin1');
  }

  get hasClosed(): boolean {
    return this.isClosed;
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** Sends a FIN and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Resolves once the server has closed the connection, by FIN or reset. */
  async whenClosed(): Promise<RawAnswer[]> {
    if (!this.isClosed && !this.socket.readableEnded) {
      await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')]);
    }
    this.socket.destroy();
    return parseAnswers(Buffer.concat(this.chunks));
  }

  /** Resolves once what has come holds the text. */
  async until(text: string): Promise<string> {
    while (!this.received.includes(text)) {
      if (this.isClosed) throw new Error(`closed before ${JSON.stringify(text)} came: ${this.received}`);
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
    return this.received;
  }
}

/** Sends bytes on a connection of their own and reads until the server closes it. */
export async function sendRaw(origin: string, bytes: string | Uint8Array): Promise<RawAnswer[]> {
  const client = await RawClient.connect(origin);
  return client.send(bytes).whenClosed();
}

/** The text of a request with a JSON body, as a plain client sends it. */
export function rawPost(path: string, body: unknown, headers: readonly string[] = []): string {
  const text = JSON.stringify(body);
  return [
    `POST ${path} HTTP/1.1`,
    'Host: gateway.test',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...headers,
    '',
    text,
  ].join('\r\n');
}

/** Splits what came over a connection into its answers; a last one that is cut off is given as far as it came. */
export function parseAnswers(bytes: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd < 0) break;
    const [statusLine = '', ...lines] = rest.toString('latin1', 0, headEnd).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const status = Number(statusLine.split(' ')[1]);
    rest = rest.subarray(headEnd + 4);
    if (status === 100) continue;
    const { body, length } = readBody(rest, headers);
    answers.push({ status, headers, body });
    rest = rest.subarray(length);
  }
  return answers;
}

function readBody(bytes: Buffer, headers: Readonly<Record<string, string>>): { body: string; length: number } {
  if (headers['transfer-encoding'] === 'chunked') return readChunks(bytes);
  const length = Math.min(bytes.length, Number(headers['content-length'] ?? bytes.length));
  return { body: bytes.toString('utf8', 0, length), length };
}

function readChunks(bytes: Buffer): { body: string; length: number } {
  const parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    const size = lineEnd < 0 ? NaN : Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    if (!Number.isFinite(size)) return { body: Buffer.concat(parts).toString('utf8'), length: bytes.length };
    if (size === 0) {
      // Trailers, if any, end with an empty line too.
      const end = bytes.indexOf('\r\n\r\n', lineEnd);
      return { body: Buffer.concat(parts).toString('utf8'), length: end < 0 ? bytes.length : end + 4 };
    }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    position = lineEnd + 2 + size + 2;
  }
}
