import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Transform } from 'node:stream';
import { headerOf, type BodySink, type UpstreamBody, type UpstreamReply } from './upstream-body.js';

/** Identity is asked for; an upstream that compresses all the same is decoded, and an encoding nobody knows refused. */
export class UndecodableBodyError extends Error {
  readonly code = 'GATEWAY_UNDECODABLE';
}

/** The same answer with its body decoded, whatever `content-encoding` says. */
export function decodedReply(reply: UpstreamReply): UpstreamReply {
  const body = decodedBody(reply.body, headerOf(reply.headers, 'content-encoding'));
  return body === reply.body ? reply : { ...reply, body };
}

function decodedBody(body: UpstreamBody, encoding: string | undefined): UpstreamBody {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return new DecodedBody(body, createGunzip());
    case 'deflate':
      return new DecodedBody(body, createInflate());
    case 'br':
      return new DecodedBody(body, createBrotliDecompress());
    default:
      return new UnreadableBody(body);
  }
}

/** Decodes on the way. The decoder's own buffer is the only one: it brakes the upstream, so a bomb unfolds step by step. */
class DecodedBody implements UpstreamBody {
  private isPaused = false;

  constructor(
    private readonly source: UpstreamBody,
    private readonly decoder: Transform,
  ) {}

  read(sink: BodySink): void {
    let isOver = false;
    const once = (tell: () => void): void => {
      if (isOver) return;
      isOver = true;
      tell();
    };
    this.decoder.on('data', (chunk: Buffer) => sink.data(chunk));
    this.decoder.on('end', () => once(() => sink.end()));
    this.decoder.on('error', () => once(() => sink.error(new UndecodableBodyError('the body cannot be decoded'))));
    this.decoder.on('drain', () => {
      if (!this.isPaused) this.source.resume();
    });
    this.source.read({
      data: (chunk) => {
        if (!this.decoder.write(chunk)) this.source.pause();
      },
      end: () => this.decoder.end(),
      error: (thrown) => once(() => sink.error(thrown)),
    });
  }

  pause(): void {
    this.isPaused = true;
    this.decoder.pause();
    this.source.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.decoder.resume();
    this.source.resume();
  }

  abort(): void {
    this.source.abort();
    this.decoder.destroy();
  }
}

class UnreadableBody implements UpstreamBody {
  constructor(private readonly source: UpstreamBody) {}

  read(sink: BodySink): void {
    this.source.abort();
    sink.error(new UndecodableBodyError('the body has an encoding that nobody asked for'));
  }

  pause(): void {
    this.source.pause();
  }

  resume(): void {
    this.source.resume();
  }

  abort(): void {
    this.source.abort();
  }
}
