import { LRUCache } from 'lru-cache';
import type { BudgetPeriod } from '../../libs/contracts/keys.js';
import type { CallerBudget } from '../http/caller.js';
import type { CommittedCost } from '../storage/usage-sums.js';
import { runningPeriod } from './budget-periods.js';
import { BudgetReservations } from './budget-reservations.js';

const MAX_HOLDERS = 50_000;

/** Nano-USD that a holder's committed calls of a period have cost. */
export type ReadSpent = (holder: string, period: BudgetPeriod, from: number) => number;

/** One budget as a decision sees it. Amounts in nano-USD. */
export interface BudgetStanding {
  readonly budget: CallerBudget;
  readonly spent: number;
  /** Held by calls that are under way. */
  readonly reserved: number;
  /** ms since 1970; null when nothing ever resets. */
  readonly resetsAt: number | null;
}

/** What a holder has spent in one period: read once, then moved on with every committed call. */
interface Account {
  readonly period: BudgetPeriod;
  readonly from: number;
  readonly resetsAt: number | null;
  /** The limit as last asked for. */
  limit: number | undefined;
  spent: number;
}

/** Told when spending moves, or the limit it is measured by. */
export type OnSpent = (standing: BudgetStanding, before: { readonly spent: number; readonly limit: number }) => void;

/**
 * Budgets: what is spent, as the ledger has it, and what is held for calls under way. Everything is synchronous, so
 * that no call slips in between a decision and its reservation. Bounded: what is spent can always be read again.
 */
export class BudgetBook {
  readonly reservations = new BudgetReservations();
  private readonly accounts: LRUCache<string, Account[]>;

  constructor(
    private readonly readSpent: ReadSpent,
    private readonly onSpent: OnSpent = () => undefined,
    maxHolders = MAX_HOLDERS,
  ) {
    this.accounts = new LRUCache({ max: maxHolders });
  }

  /** How a budget stands for a call that began at `startedAt`, ms since 1970. */
  standing(budget: CallerBudget, startedAt: number): BudgetStanding {
    const account = this.accountOf(budget, startedAt);
    const before = account.limit;
    account.limit = budget.limitNanoUsd;
    const standing = this.toStanding(budget.holder, account, budget.limitNanoUsd);
    if (before !== undefined && before !== budget.limitNanoUsd) {
      this.onSpent(standing, { spent: account.spent, limit: before });
    }
    return standing;
  }

  /** Adds a call in the very moment of its commit. */
  add({ keyId, userId, startedAt, costNanoUsd }: CommittedCost): void {
    if (costNanoUsd === null || costNanoUsd === 0) return;
    this.addTo(keyId, startedAt, costNanoUsd);
    if (userId !== null && userId !== keyId) this.addTo(userId, startedAt, costNanoUsd);
  }

  private addTo(holder: string, startedAt: number, cost: number): void {
    for (const account of this.accounts.peek(holder) ?? []) {
      const { from, resetsAt, limit, spent } = account;
      if (startedAt < from || (resetsAt !== null && startedAt >= resetsAt)) continue;
      account.spent += cost;
      if (limit !== undefined) this.onSpent(this.toStanding(holder, account, limit), { spent, limit });
    }
  }

  private toStanding(holder: string, { period, from, resetsAt, spent }: Account, limit: number): BudgetStanding {
    const reserved = this.reservations.heldSince(holder, from);
    return { budget: { holder, period, limitNanoUsd: limit }, spent, reserved, resetsAt };
  }

  private accountOf({ holder, period }: CallerBudget, startedAt: number): Account {
    const { from, resetsAt } = runningPeriod(period, startedAt);
    const known = this.accounts.get(holder) ?? [];
    const found = known.find((account) => account.period === period && account.from === from);
    if (found) return found;
    const account: Account = { period, from, resetsAt, limit: undefined, spent: this.readSpent(holder, period, from) };
    this.accounts.set(holder, [...known.filter((other) => other.period !== period), account]);
    return account;
  }
}
