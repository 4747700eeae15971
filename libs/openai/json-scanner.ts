/** Offsets of one member of an object: its name between the quotes, and its value without white space around it. */
export interface JsonMember {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface ScannedObject {
  /** Those with the names asked for. */
  readonly members: readonly JsonMember[];
  /** Whether the object has a member at all, listed or not. */
  readonly isEmpty: boolean;
  /** Offset of the closing brace. */
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
/** Over so many bytes a loop finds the next quote sooner than a native search does. */
const SHORT_STRING_BYTES = 48;

const OTHER = 0;
const STRING = 1;
const OPEN = 2;
const CLOSE = 3;
const SEPARATOR = 4;
const KIND = new Uint8Array(256);
KIND[QUOTE] = STRING;
for (const bracket of '{[') KIND[bracket.charCodeAt(0)] = OPEN;
for (const bracket of '}]') KIND[bracket.charCodeAt(0)] = CLOSE;
KIND[COMMA] = KIND[COLON] = SEPARATOR;

/** An object holds objects and lists in more levels than allowed. */
export class JsonTooDeepError extends Error {
  constructor(readonly maxDepth: number) {
    super(`The JSON has more than ${maxDepth} levels.`);
    this.name = 'JsonTooDeepError';
  }
}

/**
 * Finds the members of the JSON object that starts at `start`, without reading what is in them: strings are jumped
 * over by a native search. Linear in the bytes looked at. It trusts its input: only for valid JSON are the offsets
 * right, for other bytes it just ends.
 * @param start offset of the opening brace
 * @param names ASCII names of the members to list; a member whose name is written with escapes is listed when it may
 * be one of them: `memberName` tells
 * @throws {JsonTooDeepError} with more than `maxDepth` levels, this object counted
 * @returns undefined when the object does not end
 */
export function scanJsonObject(
  bytes: Buffer,
  start: number,
  maxDepth: number,
  names: readonly string[],
): ScannedObject | undefined {
  const length = bytes.length;
  const members: JsonMember[] = [];
  let isEmpty = true;
  let depth = 0;
  let nameStart = -1;
  let nameEnd = -1;
  let valueStart = -1;
  for (let i = start; i < length; i++) {
    const byte = bytes[i]!;
    const kind = KIND[byte]!;
    if (kind === OTHER) continue;
    if (kind === STRING) {
      const close = endOfString(bytes, i);
      if (close === -1) return undefined;
      if (depth === 1 && valueStart === -1) {
        nameStart = i + 1;
        nameEnd = close;
        isEmpty = false;
      }
      i = close;
    } else if (kind === OPEN) {
      if (++depth > maxDepth) throw new JsonTooDeepError(maxDepth);
    } else if (kind === CLOSE && --depth > 0) {
      continue;
    } else if (kind === SEPARATOR && depth > 1) {
      continue;
    } else if (byte === COLON) {
      valueStart = i + 1;
    } else {
      if (valueStart !== -1 && mayBeOneOf(names, bytes, nameStart, nameEnd)) {
        members.push({ nameStart, nameEnd, ...trim(bytes, valueStart, i) });
      }
      if (depth === 0) return { members, isEmpty, end: i };
      valueStart = -1;
    }
  }
  return undefined;
}

/** The name of a member with its escapes resolved. The object must have been found to be valid JSON. */
export function memberName(bytes: Buffer, { nameStart, nameEnd }: JsonMember): string {
  const written = bytes.toString('utf8', nameStart, nameEnd);
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
}

/** Offset of the first byte from `start` on that is no JSON white space. */
export function skipWhiteSpace(bytes: Buffer, start: number): number {
  let i = start;
  while (isWhiteSpace(bytes[i])) i++;
  return i;
}

function mayBeOneOf(names: readonly string[], bytes: Buffer, nameStart: number, nameEnd: number): boolean {
  // A character takes at most six bytes, as in \u006d; no wanted name has more than 64 characters.
  if (nameEnd - nameStart > 6 * 64) return false;
  const written = bytes.toString('latin1', nameStart, nameEnd);
  return names.includes(written) || written.includes('\\');
}

/** Offset of the closing quote; -1 when the string does not end. */
function endOfString(bytes: Buffer, open: number): number {
  let i = open + 1;
  while (i < bytes.length) {
    const near = Math.min(i + SHORT_STRING_BYTES, bytes.length);
    while (i < near) {
      const byte = bytes[i];
      if (byte === QUOTE) return i;
      i += byte === BACKSLASH ? 2 : 1;
    }
    const quote = bytes.indexOf(QUOTE, i);
    if (quote === -1) return -1;
    let before = quote - 1;
    while (before >= i && bytes[before] === BACKSLASH) before--;
    // An even number of backslashes escape one another, and not the quote.
    if ((quote - before) % 2 === 1) return quote;
    i = quote + 1;
  }
  return -1;
}

function trim(bytes: Buffer, start: number, end: number): { valueStart: number; valueEnd: number } {
  const valueStart = skipWhiteSpace(bytes, start);
  let valueEnd = end;
  while (valueEnd > valueStart && isWhiteSpace(bytes[valueEnd - 1])) valueEnd--;
  return { valueStart, valueEnd };
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
