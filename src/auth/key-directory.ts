import { createHmac } from 'node:crypto';
import type { Caller } from '../http/caller.js';
import { KeyDisabledError, KeyExpiredError } from './auth-errors.js';
import { callerOfKey, type IssuedKey } from './issued-key.js';
import type { SecretService } from './secret.service.js';

interface Entry {
  readonly key: IssuedKey;
  readonly caller: Caller;
  readonly validUntil: Date | undefined;
}

/** A key that was recognised. */
export interface FoundKey {
  readonly key: IssuedKey;
  readonly caller: Caller;
  /** Set when the key is still known by a hash of a previous secret: it is to be stored under this one. */
  readonly renewedHash?: string;
}

/**
 * Every issued key in memory, by its keyed hash. Recognising a key is one HMAC and one look-up, never a query: calls
 * stay synchronous, a flood of random keys never reaches the store, and a change works on the very next call.
 */
export class KeyDirectory {
  private readonly byHash = new Map<string, Entry>();
  private readonly byId = new Map<string, IssuedKey>();

  constructor(private readonly secrets: SecretService) {}

  /** Keyed hash under which a key is stored. */
  hash(secret: string): string {
    return hashWith(this.secrets.key('issued-key'), secret);
  }

  /** Adds a key, or replaces what was known of it. */
  put(key: IssuedKey): void {
    this.remove(key.id);
    const caller = callerOfKey(key);
    this.byId.set(key.id, key);
    for (const { hash, validUntil } of key.hashes) this.byHash.set(hash, { key, caller, validUntil });
  }

  remove(id: string): void {
    const known = this.byId.get(id);
    if (!known) return;
    this.byId.delete(id);
    for (const { hash } of known.hashes) this.byHash.delete(hash);
  }

  get(id: string): IssuedKey | undefined {
    return this.byId.get(id);
  }

  /**
   * @returns undefined when nobody issued this key
   * @throws {KeyExpiredError}
   * @throws {KeyDisabledError}
   */
  find(secret: string, now: Date = new Date()): FoundKey | undefined {
    const [current, ...previous] = this.secrets.keys('issued-key');
    const hash = hashWith(current, secret);
    let entry = this.byHash.get(hash);
    let isRenewed = false;
    for (const old of previous) {
      if (entry) break;
      entry = this.byHash.get(hashWith(old, secret));
      isRenewed = entry !== undefined;
    }
    if (!entry || (entry.validUntil && entry.validUntil <= now)) return undefined;
    assertUsable(entry.key, now);
    const { key, caller } = entry;
    return isRenewed && !entry.validUntil ? { key, caller, renewedHash: hash } : { key, caller };
  }
}

function assertUsable(key: IssuedKey, now: Date): void {
  if (key.isDisabled) throw new KeyDisabledError();
  if (key.expiresAt && key.expiresAt <= now) throw new KeyExpiredError(key.expiresAt);
}

function hashWith(key: Buffer, secret: string): string {
  return createHmac('sha256', key).update(secret).digest('base64url');
}
