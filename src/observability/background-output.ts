import { write as writeToFile, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A write as `fs.write` has it. */
export type WriteBytes = (
  fd: number,
  bytes: Buffer,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

export interface BackgroundOutputOptions {
  /** While nobody reads, no more than this is kept; lines beyond it are lost. */
  readonly maxBytes?: number;
  /** Time after which a reader that takes nothing is tried again. */
  readonly retryMs?: number;
  /** Lines that come so soon after a write wait for each other and go out as one. */
  readonly gatherMs?: number;
  readonly write?: WriteBytes;
}

/** Outputs with lines that wait. One listener serves them all: a test process has many. */
const unfinished = new Set<BackgroundOutput>();
let isListening = false;

function finishAtExit(output: BackgroundOutput): void {
  unfinished.add(output);
  if (isListening) return;
  isListening = true;
  process.once('exit', () => {
    for (const one of unfinished) one.writeNow();
  });
}

/** How long the end of the process may be held up by a reader that takes nothing. */
const LAST_FLUSH_MS = 1_000;

/**
 * Writes lines to a file descriptor without holding anybody up: what comes while a write is under way, or shortly after
 * it, goes out with the next one, for under load a write a line is a tenth of what a call costs. A log that cannot be written must not stop the gateway, so nothing here throws: a closed pipe ends the
 * writing, a full disk loses the lines of the moment.
 */
export class BackgroundOutput implements DestinationStream {
  private waiting: string[] = [];
  private waitingBytes = 0;
  private isWriting = false;
  private isClosed = false;
  private gathering: NodeJS.Timeout | undefined;
  private readonly idle: (() => void)[] = [];
  private readonly maxBytes: number;
  private readonly retryMs: number;
  private readonly gatherMs: number;
  private readonly writeBytes: WriteBytes;

  constructor(
    private readonly fd: number,
    { maxBytes = 16 * 1_024 * 1_024, retryMs = 100, gatherMs = 20, write = writeToFile }: BackgroundOutputOptions = {},
  ) {
    this.maxBytes = maxBytes;
    this.retryMs = retryMs;
    this.gatherMs = gatherMs;
    this.writeBytes = write;
  }

  write(line: string): void {
    if (this.isClosed || this.waitingBytes + line.length > this.maxBytes) return;
    this.waiting.push(line);
    this.waitingBytes += line.length;
    finishAtExit(this);
    if (!this.isWriting && this.gathering === undefined) this.writeWaiting();
  }

  /** Resolves when all is written, or when nobody has read for a while. Later lines are written at the process's end. */
  async flush(withinMs = LAST_FLUSH_MS): Promise<void> {
    if (this.gathering !== undefined) this.endGathering();
    if (!this.isWriting) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
    await Promise.race([new Promise<void>((resolve) => this.idle.push(resolve)), patience]);
    clearTimeout(timer);
  }

  /** Ends the writing. */
  close(): void {
    this.isClosed = true;
    this.waiting = [];
    unfinished.delete(this);
  }

  private writeWaiting(): void {
    if (this.waiting.length === 0) {
      this.isWriting = false;
      for (const tell of this.idle.splice(0)) tell();
      return;
    }
    this.isWriting = true;
    this.writeWhole(this.takeWaiting());
  }

  private writeWhole(bytes: Buffer): void {
    this.writeBytes(this.fd, bytes, (error, written) => {
      if (error === null) {
        if (written < bytes.length) this.writeWhole(bytes.subarray(written));
        else this.rest();
      } else if (error.code === 'EAGAIN') {
        setTimeout(() => this.writeWhole(bytes), this.retryMs).unref();
      } else {
        // A pipe that was closed stays closed; a disk may have room again for what comes next.
        if (error.code === 'EPIPE' || error.code === 'EBADF') this.close();
        this.writeWaiting();
      }
    });
  }

  /** After a write that went well: lines may gather for a while, unless somebody waits for them. */
  private rest(): void {
    if (this.waiting.length === 0 || this.idle.length > 0) this.writeWaiting();
    else this.isWriting = false;
    if (!this.isWriting) this.gathering = setTimeout(() => this.endGathering(), this.gatherMs).unref();
  }

  private endGathering(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    this.writeWaiting();
  }

  /** Writes what waits at once: the process ends, and nothing can be waited for any more. */
  writeNow(): void {
    if (this.waiting.length === 0) return;
    try {
      writeSync(this.fd, this.takeWaiting());
    } catch {
      // Nobody reads, and nobody is left to be told.
      this.close();
    }
  }

  private takeWaiting(): Buffer {
    const bytes = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.waitingBytes = 0;
    unfinished.delete(this);
    return bytes;
  }
}
