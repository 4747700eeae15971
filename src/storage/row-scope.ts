import { ANONYMOUS, type Caller } from '../http/caller.js';

/** Whose rows a caller may read. */
export type RowScope = { readonly of: 'all' } | { readonly of: 'key' | 'user'; readonly id: string };

/** Administrators read all rows, people those of their sessions and keys, keys their own. */
export function rowScopeOf(caller: Caller): RowScope {
  return caller.isAdmin ? { of: 'all' } : ownScopeOf(caller);
}

/** The caller's own rows, whatever else it may read. */
export function ownScopeOf(caller: Caller): RowScope {
  if (caller.kind === 'person' && caller.userId !== undefined) return { of: 'user', id: caller.userId };
  return { of: 'key', id: accountOf(caller).keyId };
}

/**
 * Under which key the caller's own calls are accounted. Without an administrator this machine's user is alone with
 * the gateway, and calls it without a key.
 */
export function accountOf(caller: Caller): Caller {
  return caller.kind === 'admin' && caller.maskedKey === 'loopback' ? ANONYMOUS : caller;
}

/** Whether a row is the caller's own. */
export function isOwnRow(row: { readonly keyId: string; readonly userId: string | null }, caller: Caller): boolean {
  const own = ownScopeOf(caller);
  if (own.of === 'user') return row.userId === own.id;
  return own.of === 'key' && row.keyId === own.id;
}
