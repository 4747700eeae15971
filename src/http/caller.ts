import type { BudgetPeriod } from '../../libs/contracts/keys.js';

/** A credential as the client sent it; it lives as long as the request and is never stored. */
export interface ClientCredential {
  readonly value: string;
  /** The header it came in: an Anthropic client's `x-api-key` goes on as `x-api-key`. */
  readonly header: 'authorization' | 'x-api-key' | 'api-key';
}

/** The limits of a caller; absent means none of that kind. */
export interface CallerLimits {
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  readonly maxParallel?: number | undefined;
}

/** What may be spent in a period, and by whom. */
export interface CallerBudget {
  /** Key id (`key_…`) or person (`usr_…`) whose spending counts; a person's holds that of the person's keys. */
  readonly holder: string;
  /** Integer nano-USD; 0 when nothing may be spent. */
  readonly limitNanoUsd: number;
  readonly period: BudgetPeriod;
}

/** Who calls. Every accounting, limit and permission is keyed by `keyId`. */
export interface Caller {
  readonly kind: 'anonymous' | 'upstream-key' | 'virtual-key' | 'person' | 'admin';
  /**
   * `anonymous`; `fp_…` (keyed fingerprint of the client's own upstream key); `key_…` (issued key);
   * `usr_…` (signed-in person); `admin`.
   */
  readonly keyId: string;
  /** Shown in lists: `…abcd`, `gw-…abcd`, a person's address, `anonymous`. */
  readonly maskedKey: string;
  readonly name?: string | undefined;
  /** The person behind the session or the issued key. */
  readonly userId?: string | undefined;
  readonly isAdmin: boolean;
  /** Set when the client's own key goes upstream in the place of the gateway's. */
  readonly credential?: ClientCredential | undefined;
  /** Globs of model ids; absent means every model. */
  readonly models?: readonly string[] | undefined;
  readonly limits?: CallerLimits | undefined;
  /** The key's own budget and that of the person it belongs to; every one of them must have room. */
  readonly budgets?: readonly CallerBudget[] | undefined;
  /** Tags of the key; a request's own tags come on top. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export const ANONYMOUS: Caller = { kind: 'anonymous', keyId: 'anonymous', maskedKey: 'anonymous', isAdmin: false };
