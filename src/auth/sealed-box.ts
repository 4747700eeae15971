import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** What a sealed text held. */
export interface Opened {
  readonly text: string;
  /** An old key opened it: seal it anew. */
  readonly isStale: boolean;
}

/**
 * Seals a text with AES-256-GCM: version, initialisation vector, tag and ciphertext, base64url.
 * @param key 32 bytes
 * @param boundTo goes into the tag: the text opens only for the one that it was sealed for
 */
export function seal(
  key: Buffer,
  text: string,
  boundTo: string,
  random: (bytes: number) => Buffer = randomBytes,
): string {
  const iv = random(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * @param keys the key in force first, then older ones
 * @returns undefined when none of the keys opens it, or it was sealed for another
 */
export function open(keys: readonly Buffer[], sealed: string, boundTo: string): Opened | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) return undefined;
  for (const [index, key] of keys.entries()) {
    const text = openWith(key, bytes, boundTo);
    if (text !== undefined) return { text, isStale: index > 0 };
  }
  return undefined;
}

function openWith(key: Buffer, bytes: Buffer, boundTo: string): string | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, HEAD_BYTES));
  const start = decipher.update(bytes.subarray(HEAD_BYTES));
  try {
    return Buffer.concat([start, decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: another key, another owner, or a changed text. Node tells them apart no more than we do.
    return undefined;
  }
}
