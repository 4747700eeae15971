import type { Caller, CallerBudget, CallerLimits } from '../http/caller.js';

/** What every issued key begins with; whatever begins so is checked here and never goes to an upstream. */
export const KEY_PREFIX = 'gw-';

/** An issued key as the gateway keeps it in memory: everything that a call needs to know, and no secret. */
export interface IssuedKey {
  readonly id: string;
  readonly name: string;
  readonly hashes: readonly KeyHash[];
  readonly last4: string;
  /** The person it belongs to, where it belongs to one. */
  readonly userId?: string | undefined;
  readonly models?: readonly string[] | undefined;
  readonly limits: CallerLimits;
  /** Its own and its person's. */
  readonly budgets?: readonly CallerBudget[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly expiresAt?: Date | undefined;
  readonly isDisabled: boolean;
}

/** A keyed hash under which a key is known; after a rotation the old one lives on for a while. */
export interface KeyHash {
  readonly hash: string;
  readonly validUntil?: Date | undefined;
}

export function maskIssuedKey(last4: string): string {
  return `${KEY_PREFIX}…${last4}`;
}

export function callerOfKey(key: IssuedKey): Caller {
  return {
    kind: 'virtual-key',
    keyId: key.id,
    maskedKey: maskIssuedKey(key.last4),
    name: key.name,
    userId: key.userId,
    isAdmin: false,
    models: key.models,
    limits: key.limits,
    budgets: key.budgets,
    tags: key.tags,
  };
}
