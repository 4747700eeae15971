import type { CallerBudget } from '../http/caller.js';
import type { BudgetBook, BudgetStanding } from './budget-book.js';
import type { Reservation } from './budget-reservations.js';
import { BudgetExceededError, BudgetReservedError } from './limit-errors.js';

/** A call that asks for money. */
export interface BudgetRequest {
  /** Integer nano-USD that it will probably cost. */
  readonly nanoUsd: number;
  /** Nothing will be charged whatever it uses, so that no budget stops it. */
  readonly isUncharged: boolean;
  /** ms since 1970. */
  readonly startedAt: number;
}

/**
 * Holds what a call will probably cost in every one of its budgets, or in none. Where nothing is held, a call is let in
 * as long as anything is left: budgets are passed by one call at most.
 * @throws {BudgetExceededError} one of them is spent
 * @throws {BudgetReservedError} one of them would do, were there no other calls under way
 */
export function reserveBudgets(book: BudgetBook, budgets: readonly CallerBudget[], call: BudgetRequest): Reservation {
  const { nanoUsd, isUncharged, startedAt } = call;
  if (!isUncharged) {
    const standings = budgets.map((budget) => book.standing(budget, startedAt));
    const spent = standings.filter(isSpent).sort((a, b) => endOf(b) - endOf(a))[0];
    if (spent) throw new BudgetExceededError(spent, startedAt);
    const held = standings.find((standing) => isHeld(standing, nanoUsd));
    if (held) throw new BudgetReservedError(held);
  }
  return book.reservations.hold(
    budgets.map(({ holder }) => holder),
    isUncharged ? 0 : nanoUsd,
    startedAt,
  );
}

/** The budget of which the smallest part is left, for the record. */
export function tightest(standings: readonly BudgetStanding[]): BudgetStanding | undefined {
  return [...standings].sort((a, b) => leftOf(a) - leftOf(b))[0];
}

function isSpent({ spent, budget }: BudgetStanding): boolean {
  return spent >= budget.limitNanoUsd;
}

function isHeld({ spent, reserved, budget }: BudgetStanding, nanoUsd: number): boolean {
  return reserved > 0 && spent + reserved + nanoUsd > budget.limitNanoUsd;
}

function endOf({ resetsAt }: BudgetStanding): number {
  return resetsAt ?? Infinity;
}

function leftOf({ spent, budget }: BudgetStanding): number {
  return budget.limitNanoUsd - spent;
}
