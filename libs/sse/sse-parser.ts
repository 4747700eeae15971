import { readSseBlock, type SseEvent } from './sse-block.js';

export type { SseEvent } from './sse-block.js';

/** One event, or one line, is larger than the parser may buffer. */
export class SseTooLargeError extends Error {
  constructor(readonly maxEventBytes: number) {
    super(`A server-sent event is larger than ${maxEventBytes} bytes.`);
    this.name = 'SseTooLargeError';
  }
}

export interface SseParserOptions {
  /** Largest event in bytes, its line ends and inner comments included; also the largest line. Default 1,048,576. */
  readonly maxEventBytes?: number;
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const BOM = [0xef, 0xbb, 0xbf];
const EMPTY = Buffer.alloc(0);
const FIRST_STORE_BYTES = 1024;
/** A store that grew past this for one large event is given back as soon as little is left in it. */
const IDLE_STORE_BYTES = 65_536;

/**
 * Splits a byte stream into server-sent events. Keeps a partial event until its blank line arrives.
 *
 * Lines may end in LF, CRLF or CR; a CR as the last byte so far waits for the next byte, which may be its LF.
 * Bytes are decoded one whole event at a time, so that no split can change a character. Comments, and blocks of
 * only comments, give no event; a block of fields without a data line does.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export class SseParser {
  private readonly maxEventBytes: number;
  /** Holds the unfinished event in its first `stored` bytes. */
  private store: Buffer = EMPTY;
  private stored = 0;
  /** Where in the store the unfinished line starts, and up to where no further line end was found. */
  private lineStart = 0;
  private scanned = 0;
  private hasInnerComment = false;
  private isPastBom = false;
  private failure: SseTooLargeError | undefined;

  constructor(options: SseParserOptions = {}) {
    this.maxEventBytes = options.maxEventBytes ?? 1_048_576;
  }

  /**
   * @param bytes any split of the stream, even inside a UTF-8 character or a CRLF; not kept
   * @returns the events completed by these bytes, in order
   * @throws {SseTooLargeError} when an event or a line exceeds `maxEventBytes`; if the same bytes also completed
   * earlier events, those are returned and the next call throws. The parser is of no use afterwards.
   */
  push(bytes: Uint8Array): SseEvent[] {
    if (this.failure !== undefined) throw this.failure;
    if (bytes.length === 0) return [];
    if (this.stored > 0) {
      this.append(bytes);
      return this.scan(this.store.subarray(0, this.stored));
    }
    return this.scan(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /**
   * Ends the stream.
   * @returns the event that is left without its blank line, if it has a data line; its `raw` is completed by one
   * @throws {SseTooLargeError} when the bytes pushed last held an event that is too large
   */
  end(): SseEvent[] {
    if (this.failure !== undefined) throw this.failure;
    if (this.stored === 0) return [];
    const { store, stored, lineStart } = this;
    const text = store.toString('utf8', 0, stored);
    const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
    const endsInCr = store[stored - 1] === CR;
    const isLineOpen = stored > lineStart && !endsInCr;
    const isBlankLineThere = endsInCr && lineStart === stored - 1;
    const hasComment = this.hasInnerComment || store[lineStart] === COLON;
    this.keep(EMPTY, 0);
    const event = readSseBlock(text + (isLineOpen ? lineEnd : '') + (isBlankLineThere ? '' : lineEnd), hasComment);
    return event.data === undefined ? [] : [event];
  }

  private scan(buffer: Buffer): SseEvent[] {
    const events: SseEvent[] = [];
    const end = buffer.length;
    let { lineStart, scanned } = this;
    let eventStart = 0;
    if (!this.isPastBom) {
      const matched = countBomBytes(buffer);
      if (matched === end && matched < BOM.length) {
        this.keep(buffer, 0);
        return events;
      }
      this.isPastBom = true;
      if (matched === BOM.length) eventStart = lineStart = scanned = matched;
    }
    // Each is searched again only when passed: most streams have no CR at all, and a flood of CR must stay linear.
    let cr = buffer.indexOf(CR, scanned);
    let lf = buffer.indexOf(LF, scanned);
    while (scanned < end) {
      if (lf !== -1 && lf < scanned) lf = buffer[scanned] === LF ? scanned : buffer.indexOf(LF, scanned);
      let lineEnd = lf;
      let next = lf + 1;
      if (cr !== -1 && (lf === -1 || cr < lf)) {
        if (cr === end - 1) {
          scanned = cr;
          break;
        }
        lineEnd = cr;
        next = buffer[cr + 1] === LF ? cr + 2 : cr + 1;
        cr = buffer.indexOf(CR, next);
      } else if (lf === -1) {
        scanned = end;
        break;
      }
      if (next - eventStart > this.maxEventBytes) return this.fail(events);
      if (lineEnd === lineStart) {
        if (lineStart > eventStart) {
          events.push(readSseBlock(buffer.toString('utf8', eventStart, next), this.hasInnerComment));
          this.hasInnerComment = false;
        }
        eventStart = next;
      } else if (buffer[lineStart] === COLON) {
        // A comment before the first field goes at once: endless heartbeats must fill no buffer.
        if (lineStart === eventStart) eventStart = next;
        else this.hasInnerComment = true;
      }
      lineStart = scanned = next;
    }
    if (end - eventStart > this.maxEventBytes) return this.fail(events);
    this.lineStart = lineStart - eventStart;
    this.scanned = scanned - eventStart;
    this.keep(buffer, eventStart);
    return events;
  }

  private fail(events: SseEvent[]): SseEvent[] {
    this.failure = new SseTooLargeError(this.maxEventBytes);
    this.keep(EMPTY, 0);
    if (events.length === 0) throw this.failure;
    return events;
  }

  /** Adds bytes to the store, which doubles when full: the copying stays linear however small the chunks are. */
  private append(bytes: Uint8Array): void {
    const length = this.stored + bytes.length;
    if (length > this.store.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_STORE_BYTES, this.store.length * 2, length));
      this.store.copy(grown, 0, 0, this.stored);
      this.store = grown;
    }
    this.store.set(bytes, this.stored);
    this.stored = length;
  }

  /** Keeps what follows `start`: at most the last chunk, or all of the store, in which case nothing moves. */
  private keep(buffer: Buffer, start: number): void {
    const left = buffer.length - start;
    const isInStore = this.stored > 0;
    if (isInStore && left > 0 && start > 0) this.store.copyWithin(0, start, buffer.length);
    this.stored = isInStore ? left : 0;
    if (this.stored < FIRST_STORE_BYTES && this.store.length > IDLE_STORE_BYTES) {
      const { store } = this;
      this.store = left === 0 ? EMPTY : Buffer.allocUnsafeSlow(FIRST_STORE_BYTES);
      store.copy(this.store, 0, 0, this.stored);
    }
    if (!isInStore && left > 0) this.append(start === 0 ? buffer : buffer.subarray(start));
  }
}

/** How many bytes of a UTF-8 byte order mark the text starts with. */
function countBomBytes(bytes: Buffer): number {
  let count = 0;
  while (count < BOM.length && bytes[count] === BOM[count]) count++;
  return count;
}
