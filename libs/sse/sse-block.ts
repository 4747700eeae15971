/** One server-sent event as it came. */
export interface SseEvent {
  /**
   * The event's wire text with its `event:`, `id:` and `retry:` lines, its line ends and its terminating blank line;
   * comment lines are removed.
   */
  readonly raw: string;
  /** Value of the last `event:` line; undefined when there is none or it is empty. */
  readonly event: string | undefined;
  /** Values of the data lines joined by "\n"; undefined when there is no data line. */
  readonly data: string | undefined;
  /** Value of the last `id:` line without a NUL character; undefined when there is none. */
  readonly id?: string | undefined;
}

/**
 * Reads the fields of one block of an event stream.
 * @param block the lines of one event and the blank line that ends it
 * @param hasComment whether comment lines must be taken out
 */
export function readSseBlock(block: string, hasComment: boolean): SseEvent {
  const firstLineEnd = block.indexOf('\n');
  // Nearly every event of a chat stream is one data line: it needs no walk over lines.
  if (firstLineEnd === block.length - 2 && block.startsWith('data:') && !block.includes('\r')) {
    return { raw: block, event: undefined, data: block.slice(valueStart(block, 4), firstLineEnd), id: undefined };
  }
  let event: string | undefined;
  let data: string | undefined;
  let id: string | undefined;
  for (const line of block.includes('\r') ? block.split(/\r\n|\r|\n/) : block.split('\n')) {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(valueStart(line, colon));
    if (name === 'data') data = data === undefined ? value : `${data}\n${value}`;
    else if (name === 'event') event = value === '' ? undefined : value;
    else if (name === 'id' && !value.includes('\0')) id = value;
  }
  const raw = hasComment ? block.replace(/(?<=^|[\r\n]):[^\r\n]*(?:\r\n|\r|\n)/g, '') : block;
  return { raw, event, data, id };
}

/** One space after the colon belongs to the format, not to the value. */
function valueStart(line: string, colon: number): number {
  return line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
}
