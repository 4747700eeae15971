import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SecretService } from './secret.service.js';

/** How a client's own upstream key is known here: the key itself is never stored or shown. */
export interface KeyFingerprint {
  readonly keyId: string;
  readonly maskedKey: string;
}

const MAX_CACHED = 10_000;
/** Longer ones are no keys that anybody issues; they are not kept, so that the cache is bounded in bytes as well. */
const MAX_CACHED_LENGTH = 512;
const SHOWN = 4;
/** Of a shorter key, four characters would be too large a part. */
const MIN_LENGTH_TO_SHOW = 8;
/** 128 bits of the keyed hash. */
const FINGERPRINT_LENGTH = 22;

/** Keyed fingerprints of client credentials, kept in a bounded cache so that a known key costs no hash. */
export class KeyFingerprints {
  private readonly cache = new LRUCache<string, KeyFingerprint>({ max: MAX_CACHED });

  constructor(private readonly secrets: SecretService) {}

  of(credential: string): KeyFingerprint {
    const cached = this.cache.get(credential);
    if (cached) return cached;
    const digest = createHmac('sha256', this.secrets.key('fingerprint')).update(credential).digest('base64url');
    const fingerprint = { keyId: `fp_${digest.slice(0, FINGERPRINT_LENGTH)}`, maskedKey: maskKey(credential) };
    if (credential.length <= MAX_CACHED_LENGTH) this.cache.set(credential, fingerprint);
    return fingerprint;
  }
}

/** `…abcd`: the last four characters, none of a key too short for that, none that a terminal or page could misread. */
export function maskKey(credential: string): string {
  if (credential.length < MIN_LENGTH_TO_SHOW) return '…';
  return `…${credential.slice(-SHOWN).replaceAll(/[^\x21-\x7e]/g, '?')}`;
}
