import { promisify } from 'node:util';
import { brotliCompress, deflate, gzip } from 'node:zlib';
import type { ContentEncoding } from './behaviour.js';

const BOMB_BYTES = 64 * 1_024 * 1_024;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
const toDeflate = promisify(deflate);

let bomb: Promise<Buffer> | null = null;

/** A body in an encoding, or in what only claims to be one. */
export async function encodeBody(body: Buffer, encoding: ContentEncoding): Promise<Buffer> {
  switch (encoding) {
    case 'gzip':
      return toGzip(body);
    case 'br':
      return toBrotli(body);
    case 'deflate':
      return toDeflate(body);
    case 'lying':
      return body;
    case 'truncated': {
      const whole = await toGzip(body);
      return whole.subarray(0, Math.floor(whole.length / 2));
    }
    case 'bomb':
      bomb ??= toGzip(Buffer.alloc(BOMB_BYTES, ' '));
      return bomb;
  }
}

/** The name that goes into `content-encoding`. */
export function encodingName(encoding: ContentEncoding): string {
  return encoding === 'br' || encoding === 'deflate' ? encoding : 'gzip';
}
