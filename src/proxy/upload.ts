import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { ClientLeftError } from '../http/raw-body.js';
import { BodySilenceError, PayloadTooLargeError } from '../http/request-errors.js';

/**
 * A client's body on its way to an upstream: counted, timed, never held whole. It fails with the error that the
 * client is to be told.
 */
export class Upload extends Transform {
  private size = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    request: IncomingMessage,
    private readonly maxBytes: number,
    private readonly silenceMs: number,
  ) {
    super();
    request.pipe(this);
    request.once('close', () => {
      if (!request.complete) this.destroy(new ClientLeftError());
    });
    this.watch();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    if (this.size > this.maxBytes) {
      done(new PayloadTooLargeError(this.maxBytes));
      return;
    }
    this.timer?.refresh();
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    clearTimeout(this.timer);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    done(error);
  }

  private watch(): void {
    this.timer = setTimeout(() => {
      // While the upstream holds the client back, silence is no fault of the client.
      if (this.writableNeedDrain) this.timer?.refresh();
      else this.destroy(new BodySilenceError(this.silenceMs));
    }, this.silenceMs);
  }
}
