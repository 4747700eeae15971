/** Random bytes; `crypto.randomUUID` is missing on plain http, this is not. */
export type RandomBytes = (count: number) => Uint8Array;

const browserBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** An id for something kept in this browser. */
export function newId(randomBytes: RandomBytes = browserBytes): string {
  return hex(randomBytes(12));
}

/** An id for a call, sent as `X-Request-Id`, so that its record can be found even when the answer never came. */
export function newRequestId(randomBytes: RandomBytes = browserBytes): string {
  return `req_${hex(randomBytes(12))}`;
}
