import type { BudgetPeriod } from '../../libs/contracts/keys.js';

/** Whose spending is asked for, and in which period the budget runs. */
export interface SpendingQuery {
  /** Key id (`key_…`), or a person's (`usr_…`): a person's spending holds that of the person's keys. */
  readonly id: string;
  readonly period: BudgetPeriod;
}

/** What was spent in the period that runs now. */
export interface PeriodSpending {
  /** Integer nano-USD. */
  readonly spentNanoUsd: number;
  /** End of the period; null for `total`. */
  readonly resetsAt: Date | null;
}

/** What keys and people have spent, for the pages that show it beside their budgets. Implemented by CostModule. */
export interface KeySpending {
  /** One reading per query, in their order. */
  spendingOf(queries: readonly SpendingQuery[]): Promise<readonly PeriodSpending[]>;
}
export const KeySpending = Symbol('KeySpending');
