import type { Observer } from 'rxjs';
import { KEEP_ALIVE_COMMENT } from '../../libs/sse/sse-encoder.js';
import type { AnswerEvent } from './answer-event.js';
import { answerHeaders } from './answer-headers.js';
import { errorEvent } from './error-answer.js';
import type { Ending, RequestContext } from './request-context.js';
import { toGatewayError } from './to-gateway-error.js';

export interface AnswerWriterOptions {
  /** Silence after which a stream gets a comment, ms; 0 = never. */
  readonly keepAliveMs: number;
  /** A reader that takes no byte for so long has gone, ms. */
  readonly stallMs: number;
  /** A failure before anything went out: it still becomes an HTTP error. */
  onUncommittedError(error: unknown): void;
  /** The answer is out, or can go no further. */
  onDone(): void;
  /** The reader left or stalled. */
  onClientLeft(): void;
}

/** Writes the events of one answer to its client: head with the first one, brakes for slow readers, comments in silence. */
export class AnswerWriter implements Observer<AnswerEvent> {
  private readonly response;
  private eventsWritten = 0;
  private isDone = false;
  private isPaused = false;
  private watchesStall = false;
  private keepAliveTimer: NodeJS.Timeout | undefined;
  private lastWriteAtMs = performance.now();

  constructor(
    private readonly context: RequestContext,
    private readonly options: AnswerWriterOptions,
  ) {
    this.response = context.response;
    this.response.on('close', this.onClose);
    if (context.call?.isStream === true && options.keepAliveMs > 0) this.armKeepAlive(options.keepAliveMs);
  }

  get hasStopped(): boolean {
    return this.isDone;
  }

  next(event: AnswerEvent): void {
    if (this.isDone) return;
    if (event.isLast) this.finish(event.data);
    else if (event.data.length > 0) this.write(event.data);
  }

  complete(): void {
    if (!this.isDone) this.finish('');
  }

  error(thrown: unknown): void {
    if (this.isDone) return;
    this.stop();
    if (!this.context.isCommitted) {
      this.options.onUncommittedError(thrown);
      return;
    }
    const error = toGatewayError(thrown);
    if (this.isEventStream()) this.response.end(errorEvent(error, this.context, this.eventsWritten));
    // Bytes without a frame cannot carry an error: a broken connection is the only honest sign.
    else this.response.destroy();
    const status = this.eventsWritten > 0 ? 'partial' : 'failed';
    this.settleWhenSent({ status, httpStatus: this.response.statusCode, errorCode: error.code ?? error.type });
  }

  /** Ends the writing from outside; nothing is written any more. */
  stop(): void {
    this.isDone = true;
    clearTimeout(this.keepAliveTimer);
    this.response.off('close', this.onClose).off('drain', this.onDrain);
    if (this.watchesStall) this.response.setTimeout(0).off('timeout', this.onStall);
  }

  private write(data: string | Buffer): void {
    if (!this.context.isCommitted) this.commit(undefined);
    this.eventsWritten += 1;
    this.send(data);
  }

  private send(data: string | Buffer): void {
    this.lastWriteAtMs = performance.now();
    if (this.response.write(data) || this.isPaused) return;
    this.isPaused = true;
    this.context.flow?.pause();
    if (!this.watchesStall) {
      this.watchesStall = true;
      this.response.on('timeout', this.onStall);
      this.response.on('drain', this.onDrain);
    }
    // Node refreshes this timer as long as the kernel takes bytes: a slow reader lives, one that never reads does not.
    this.response.setTimeout(this.options.stallMs);
  }

  private finish(data: string | Buffer): void {
    const { context, response } = this;
    this.stop();
    if (!context.isCommitted) this.commit(Buffer.byteLength(data));
    else if (Object.keys(context.trailers).length > 0) response.addTrailers(context.trailers);
    response.end(data);
    this.settleWhenSent({ status: 'ok', httpStatus: response.statusCode, errorCode: null });
  }

  /** Small answers are with the kernel at once; of large ones the rest is not kept for a reader that never takes it. */
  private settleWhenSent(ending: Ending): void {
    const { context, response } = this;
    const settle = (): void => {
      context.end(ending);
      this.options.onDone();
    };
    if (response.writableLength === 0 || response.destroyed) return settle();
    // Without a listener Node destroys the connection when the time is over.
    response.setTimeout(this.options.stallMs);
    response.once('close', settle);
  }

  /** Sends the head. From here on there is no retry, and errors come inside the stream. */
  private commit(contentLength: number | undefined): void {
    this.context.isCommitted = true;
    this.response.writeHead(
      this.context.answerHead?.status ?? 200,
      answerHeaders(this.context, contentLength, this.isEventStream()),
    );
  }

  private isEventStream(): boolean {
    const type = this.context.answerHead?.contentType;
    return type === undefined ? this.context.call?.isStream === true : type.startsWith('text/event-stream');
  }

  private armKeepAlive(afterMs: number): void {
    this.keepAliveTimer = setTimeout(() => {
      const left = this.lastWriteAtMs + this.options.keepAliveMs - performance.now();
      if (left > 1) return this.armKeepAlive(left);
      if (!this.isPaused) {
        if (!this.context.isCommitted) this.commit(undefined);
        this.send(KEEP_ALIVE_COMMENT);
      }
      this.armKeepAlive(this.options.keepAliveMs);
    }, afterMs);
  }

  private readonly onDrain = (): void => {
    this.isPaused = false;
    this.response.setTimeout(0);
    this.context.flow?.resume();
  };

  private readonly onStall = (): void => {
    this.response.destroy();
  };

  private readonly onClose = (): void => {
    if (this.isDone) return;
    this.stop();
    this.options.onClientLeft();
  };
}
