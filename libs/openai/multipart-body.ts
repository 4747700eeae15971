import { InvalidBodyError } from './invalid-body-error.js';
import type { Span } from './parsed-body.js';

/** A text field of an uploaded form, and where its value stands in the body. */
export interface MultipartField {
  readonly value: string;
  readonly span: Span;
}

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const HEADERS_END = Buffer.from('\r\n\r\n');
const MAX_PARTS = 1_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_VALUE_BYTES = 1_048_576;

/**
 * Finds a text field in a `multipart/form-data` body. Parts are skipped by searching for the boundary, so that an
 * upload is not copied and not looked into.
 * @param contentType the request's header, which names the boundary
 * @returns undefined when the form has no such field, it is a file, it is larger than 1 MB, or this is no form
 * @throws {InvalidBodyError} `duplicate_key` when the name stands twice, as text or file; `invalid_json` when the form
 * is cut off, has more than 1,000 parts, a part without blank line or with over 16 KB of headers, or holds the
 * boundary's beginning over and over
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export function readMultipartField(bytes: Buffer, contentType: string, name: string): MultipartField | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  let isFound = false;
  let field: MultipartField | undefined;
  for (const { headers, span } of partsOf(bytes, Buffer.from(`\r\n--${boundary}`, 'latin1'))) {
    const { names, isFile } = dispositionOf(headers);
    if (!names.includes(name)) continue;
    if (isFound || names.length > 1) throw InvalidBodyError.duplicateKey(name);
    isFound = true;
    const [start, end] = span;
    if (!isFile && end - start <= MAX_VALUE_BYTES) field = { value: bytes.toString('utf8', start, end), span };
  }
  return field;
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\/form-data\s*(;|$)/i.test(contentType)) return undefined;
  const found = [...contentType.matchAll(/;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/gi)];
  // With two boundaries the upstream might read another form than the gateway.
  if (found.length !== 1) return undefined;
  const boundary = found[0]?.[1] ?? found[0]?.[2] ?? '';
  return boundary === '' || boundary.length > 70 ? undefined : boundary;
}

interface Delimiter {
  /** Offset of the line end before it, which belongs to it. */
  readonly start: number;
  /** Offset after its line end. */
  readonly end: number;
  readonly isLast: boolean;
}

function* partsOf(bytes: Buffer, mark: Buffer): Generator<{ headers: string; span: Span }> {
  // The very first delimiter has no line end before it when it opens the body.
  const opening = bytes.subarray(0, mark.length - 2).equals(mark.subarray(2)) ? -2 : 0;
  let delimiter = nextDelimiter(bytes, opening, mark);
  for (let parts = 1; delimiter !== undefined && !delimiter.isLast; parts++) {
    if (parts > MAX_PARTS) throw unreadableForm(`The form has more than ${MAX_PARTS} parts. Send fewer.`);
    const headersStart = delimiter.end;
    // Without headers, the blank line's first half is the delimiter's own line end.
    const headersEnd = bytes.indexOf(HEADERS_END, headersStart - 2);
    if (headersEnd === -1) throw unreadableForm('The form is cut off. Send all of it.');
    if (headersEnd - headersStart > MAX_HEADER_BYTES) {
      throw unreadableForm(`A part of the form has headers over ${MAX_HEADER_BYTES} bytes. Send shorter ones.`);
    }
    // Servers differ in what they make of such a part: it could hide a field from one of them.
    if (bytes.subarray(headersStart, headersEnd).includes(mark)) {
      throw unreadableForm('A part of the form has no blank line after its headers. Send one.');
    }
    const start = headersEnd + HEADERS_END.length;
    // Of an empty value, the blank line's second half may be the next delimiter's line end.
    delimiter = nextDelimiter(bytes, start - 2, mark);
    if (delimiter === undefined) throw unreadableForm('The form is cut off. Send all of it.');
    const headers = bytes.toString('utf8', headersStart, Math.max(headersStart, headersEnd));
    yield { headers, span: [start, Math.max(start, delimiter.start)] };
  }
}

/** @param from where to search; -2 when a delimiter without its line end is known to open the body */
function nextDelimiter(bytes: Buffer, from: number, mark: Buffer): Delimiter | undefined {
  let start = from < 0 ? from : bytes.indexOf(mark, from);
  for (let tries = 0; start !== -1; tries++) {
    if (tries > MAX_PARTS) throw unreadableForm('The form is full of its own boundary. Send it with another one.');
    let end = start + mark.length;
    const isLast = bytes[end] === DASH && bytes[end + 1] === DASH;
    if (isLast) return { start, end: end + 2, isLast };
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end++;
    if (bytes[end] === CR && bytes[end + 1] === LF) return { start, end: end + 2, isLast };
    // A longer word that only begins like the boundary is content.
    start = bytes.indexOf(mark, end);
  }
  return undefined;
}

function dispositionOf(headers: string): { names: readonly string[]; isFile: boolean } {
  const unfolded = headers.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const line = unfolded.filter((header) => /^content-disposition\s*:/i.test(header)).join(';');
  const names: string[] = [];
  let isFile = false;
  for (const [, key = '', quoted, bare = ''] of line.matchAll(
    /;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    const parameter = key.toLowerCase();
    if (parameter === 'name') names.push((quoted ?? bare).replace(/\\(.)/g, '$1'));
    else if (parameter === 'filename' || parameter === 'filename*') isFile = true;
  }
  return { names, isFile };
}

function unreadableForm(message: string): InvalidBodyError {
  return new InvalidBodyError('invalid_json', message);
}
