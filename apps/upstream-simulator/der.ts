/** Builds the few ASN.1 values that a certificate needs, in DER. @see https://www.itu.int/rec/T-REC-X.690 */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};

export function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(TAG.sequence, Buffer.concat(parts));
}

export function setOf(part: Buffer): Buffer {
  return tagged(TAG.set, part);
}

export function integer(bytes: Buffer): Buffer {
  // A leading bit would make it negative.
  return tagged(TAG.integer, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

export function isTrue(): Buffer {
  return tagged(TAG.boolean, Buffer.of(0xff));
}

export function bitString(bytes: Buffer): Buffer {
  return tagged(TAG.bits, Buffer.concat([Buffer.of(0), bytes]));
}

export function octetString(bytes: Buffer): Buffer {
  return tagged(TAG.octets, bytes);
}

export function utf8String(text: string): Buffer {
  return tagged(TAG.utf8, Buffer.from(text));
}

/** Two-digit years: good from 1950 to 2049. */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return tagged(TAG.utcTime, Buffer.from(digits.slice(2)));
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap((arc) => base128(arc))]));
}

export function tagged(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
