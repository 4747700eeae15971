import { isAscii, isUtf8 } from 'node:buffer';
import { InvalidBodyError } from './invalid-body-error.js';
import { JsonTooDeepError, memberName, scanJsonObject, skipWhiteSpace, type ScannedObject } from './json-scanner.js';
import type { ParsedBody, Span } from './parsed-body.js';

export { InvalidBodyError } from './invalid-body-error.js';
export { askForUsage, requireModel, setModel, spliceBytes, type Edit } from './body-edits.js';
export type { ParsedBody, Span } from './parsed-body.js';

const MAX_DEPTH = 64;
const OPEN_BRACE = 0x7b;

/**
 * Reads a JSON request body and finds where the fields stand that the gateway may change. The bytes are never
 * written anew: unknown fields, key order, escapes and numbers that no double can hold survive.
 * @param readFields names of the top-level fields that the gateway reads
 * @throws {InvalidBodyError} `invalid_json`, `invalid_utf8`, `json_too_deep` or `duplicate_key` (a read field twice)
 */
export function parseJsonBody(bytes: Buffer, readFields: readonly string[]): ParsedBody {
  refuseOtherEncodings(bytes);
  const start = skipWhiteSpace(bytes, 0);
  if (start === bytes.length) throw invalidJson('The body is empty. Send a JSON object.');
  if (bytes[start] !== OPEN_BRACE) throw invalidJson('The body is not a JSON object. Send one.');
  const scanned = scan(bytes, start, readFields);
  if (scanned === undefined) throw invalidJson('The JSON in the body is cut off. Send all of it.');
  return {
    bytes,
    fields: parse(bytes),
    spans: spansOf(bytes, scanned, readFields),
    bodyEnd: scanned.end,
    isEmptyObject: scanned.isEmpty,
  };
}

function refuseOtherEncodings(bytes: Buffer): void {
  const first = bytes[0];
  const second = bytes[1];
  if (first === 0xef && second === 0xbb && bytes[2] === 0xbf) {
    throw invalidJson('The body starts with a byte order mark. Send the JSON without it.');
  }
  const hasUtf16Mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasUtf16Mark || first === 0 || second === 0) {
    throw invalidJson('The body is encoded as UTF-16 or UTF-32. Send the JSON as UTF-8.');
  }
  if (!isUtf8(bytes)) throw new InvalidBodyError('invalid_utf8', 'The body holds invalid UTF-8. Send it as UTF-8.');
}

function scan(bytes: Buffer, start: number, readFields: readonly string[]): ScannedObject | undefined {
  try {
    return scanJsonObject(bytes, start, MAX_DEPTH, readFields);
  } catch (error) {
    if (!(error instanceof JsonTooDeepError)) throw error;
    throw new InvalidBodyError(
      'json_too_deep',
      `The body nests objects and lists more than ${MAX_DEPTH} levels deep. Send a flatter one.`,
    );
  }
}

/** Only for bytes that were scanned: nesting without end would take memory without end. */
function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    // Latin-1 needs no decoding, only a copy; for ASCII it is the same text.
    const parsed = JSON.parse(bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')) as object;
    return Object.setPrototypeOf(parsed, null) as Record<string, unknown>;
  } catch (error) {
    // Not kept as cause: its message quotes the body.
    if (error instanceof SyntaxError) throw invalidJson('The body is not valid JSON. Send one JSON object.');
    throw error;
  }
}

function spansOf(bytes: Buffer, scanned: ScannedObject, readFields: readonly string[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const member of scanned.members) {
    const name = memberName(bytes, member);
    if (!readFields.includes(name)) continue;
    if (spans.has(name)) throw InvalidBodyError.duplicateKey(name);
    spans.set(name, [member.valueStart, member.valueEnd]);
  }
  return spans;
}

function invalidJson(message: string): InvalidBodyError {
  return new InvalidBodyError('invalid_json', message);
}
