import { randomBytes } from 'node:crypto';
import { KEY_PREFIX } from './issued-key.js';

export type Random = (bytes: number) => Buffer;

/** 120 random bits behind a prefix that says what it names: `usr_…`, `key_…`, `ses_…`. */
export function newId(prefix: 'usr' | 'key' | 'ses', random: Random = randomBytes): string {
  return `${prefix}_${random(15).toString('base64url')}`;
}

/** A new key with 240 random bits. */
export function newKeySecret(random: Random = randomBytes): string {
  return `${KEY_PREFIX}${random(30).toString('base64url')}`;
}
