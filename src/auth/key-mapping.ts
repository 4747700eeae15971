import type { BudgetPeriod, KeyRow } from '../../libs/contracts/keys.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import type { CallerBudget } from '../http/caller.js';
import type { PeriodSpending } from '../http/key-spending.js';
import type { VirtualKeyEntity } from '../storage/entities/virtual-key.entity.js';
import { maskIssuedKey, type IssuedKey, type KeyHash } from './issued-key.js';

/** A row of `/api/keys`; what was spent is null where nobody keeps count. */
export type ShownKey = Omit<KeyRow, 'spentUsd'> & {
  readonly spentUsd: number | null;
  /** The person that its calls are accounted to. */
  readonly userId: string | null;
  /** After a rotation: how long the old key lives on. */
  readonly oldKeyExpiresAt: string | null;
};

/** What a key takes over from the person it belongs to. */
export interface KeyOwner {
  readonly isDisabled: boolean;
  readonly budgets: readonly CallerBudget[];
}

export const NO_OWNER: KeyOwner = { isDisabled: false, budgets: [] };

/** The budget of a key or a person; none for null. */
export function budgetsOf(holder: string, limitNanoUsd: number | null, period: BudgetPeriod): readonly CallerBudget[] {
  return limitNanoUsd === null ? [] : [{ holder, limitNanoUsd, period }];
}

export function toIssuedKey(row: VirtualKeyEntity, owner: KeyOwner): IssuedKey {
  const { rpm, tpm, maxParallel } = row;
  return {
    id: row.id,
    name: row.name,
    hashes: hashesOf(row),
    last4: row.last4,
    userId: row.userId ?? undefined,
    models: row.models === null ? undefined : (JSON.parse(row.models) as string[]),
    limits: { rpm: rpm ?? undefined, tpm: tpm ?? undefined, maxParallel: maxParallel ?? undefined },
    budgets: [...budgetsOf(row.id, row.budgetNanoUsd, row.budgetPeriod), ...owner.budgets],
    tags: JSON.parse(row.tags) as Record<string, string>,
    expiresAt: row.expiresAt === null ? undefined : new Date(row.expiresAt),
    isDisabled: row.disabledAt !== null || owner.isDisabled,
  };
}

/**
 * @param spending of the running budget period, where somebody keeps count
 * @param lastUsedAt ms since 1970
 * @param secret the key itself, right after it was made
 */
export function toShownKey(
  row: VirtualKeyEntity,
  spending: PeriodSpending | undefined,
  lastUsedAt: number | null,
  secret?: string,
): ShownKey {
  return {
    id: row.id,
    key: secret ?? maskIssuedKey(row.last4),
    name: row.name,
    owner: row.owner,
    userId: row.userId,
    models: row.models === null ? null : (JSON.parse(row.models) as string[]),
    budgetUsd: row.budgetNanoUsd === null ? null : nanoUsdToNumber(row.budgetNanoUsd),
    budgetPeriod: row.budgetPeriod,
    rpm: row.rpm,
    tpm: row.tpm,
    maxParallel: row.maxParallel,
    expiresAt: toIso(row.expiresAt),
    tags: JSON.parse(row.tags) as Record<string, string>,
    disabled: row.disabledAt !== null,
    createdAt: new Date(row.createdAt).toISOString(),
    spentUsd: spending ? nanoUsdToNumber(spending.spentNanoUsd) : null,
    resetsAt: spending?.resetsAt?.toISOString() ?? null,
    lastUsedAt: toIso(lastUsedAt),
    oldKeyExpiresAt: toIso(row.previousValidUntil),
  };
}

function hashesOf(row: VirtualKeyEntity): readonly KeyHash[] {
  const current = { hash: row.hash };
  if (row.previousHash === null || row.previousValidUntil === null) return [current];
  return [current, { hash: row.previousHash, validUntil: new Date(row.previousValidUntil) }];
}

function toIso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
