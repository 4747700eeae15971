import type { IsoTime, Page, PageQuery, Usd } from './lists.js';

export type BudgetPeriod = 'day' | 'week' | 'month' | 'total';

/** A key as lists show it; `key` is masked, for example `gw-…abcd`. */
export interface KeyRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly owner: string | null;
  /** Globs of model ids; `null` allows every model. */
  readonly models: readonly string[] | null;
  /** 0 means that nothing may be spent, `null` that there is no budget. */
  readonly budgetUsd: Usd | null;
  readonly budgetPeriod: BudgetPeriod;
  readonly rpm: number | null;
  readonly tpm: number | null;
  readonly maxParallel: number | null;
  readonly expiresAt: IsoTime | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly disabled: boolean;
  readonly createdAt: IsoTime;
  /** The person that its calls are accounted to. */
  readonly userId?: string | null;
  /** After a rotation: how long the old key lives on. */
  readonly oldKeyExpiresAt?: IsoTime | null;
  /** Spent in the running budget period; `null` where nobody keeps count. */
  readonly spentUsd: Usd | null;
  /** End of the running budget period; `null` for `total`. */
  readonly resetsAt: IsoTime | null;
  readonly lastUsedAt: IsoTime | null;
  /** The limit that ends first, the owner's included; absent where none holds. */
  readonly tightestLimit?: { readonly of: 'key' | 'person'; readonly spentUsd: Usd; readonly limitUsd: Usd } | null;
}

/** Answer to creating or rotating a key: this once, `key` is whole. */
export type IssuedKey = KeyRow;

export interface CreateKey {
  readonly name: string;
  readonly owner?: string;
  readonly models?: readonly string[];
  readonly budgetUsd?: Usd;
  /** `month` when absent. */
  readonly budgetPeriod?: BudgetPeriod;
  readonly rpm?: number;
  readonly tpm?: number;
  readonly maxParallel?: number;
  readonly expiresAt?: IsoTime;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Absent fields stay; `null` removes a limit. */
export interface UpdateKey {
  readonly name?: string;
  readonly owner?: string | null;
  readonly models?: readonly string[] | null;
  readonly budgetUsd?: Usd | null;
  readonly budgetPeriod?: BudgetPeriod;
  readonly rpm?: number | null;
  readonly tpm?: number | null;
  readonly maxParallel?: number | null;
  readonly expiresAt?: IsoTime | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disabled?: boolean;
}

export interface RotateKey {
  /** How long the old key lives on, s; 0 when absent. */
  readonly graceSeconds?: number;
}

export type KeyQuery = PageQuery;
export type KeyList = Page<KeyRow>;
