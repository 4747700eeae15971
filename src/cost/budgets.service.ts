import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '../http/request-context.js';
import { UsageSums } from '../storage/usage-sums.js';
import { StorageUnavailableError } from '../storage/storage-errors.js';
import { BudgetAlerts } from './budget-alerts.js';
import { BudgetBook } from './budget-book.js';
import { PERIOD_SPANS } from './budget-periods.js';
import { reserveBudgets, tightest } from './budget-limit.js';
import { CallReservation } from './call-reservation.js';
import type { CallEstimate } from './call-estimator.service.js';
import { toBudgetReading } from './limit-errors.js';

/**
 * Budgets of keys and people: held before a call, settled with its row. What is spent is what the ledger has committed,
 * so a restart changes nothing and `/api/keys` says the same.
 */
@Injectable()
export class Budgets {
  private readonly book: BudgetBook;
  private readonly reservations = new WeakMap<RequestContext, CallReservation>();
  /** Of ended calls whose rows are not committed yet, by request id. */
  private readonly uncommitted = new Map<string, CallReservation>();

  constructor(sums: UsageSums, @Inject(BudgetAlerts) alerts: Pick<BudgetAlerts, 'look'>) {
    this.book = new BudgetBook(
      (holder, period, from) =>
        readSpent(() => sums.costSince(holder.startsWith('usr_') ? 'user' : 'key', holder, PERIOD_SPANS[period], from)),
      (standing, before) => alerts.look(standing, before),
    );
    sums.onCost((cost) => {
      // One turn: what was held becomes spent, and nobody sees both or neither.
      this.book.add(cost);
      if (cost.requestId !== undefined) this.forget(cost.requestId);
    });
  }

  /** @throws {BudgetExceededError} | {BudgetReservedError} */
  reserve(context: RequestContext, estimate: CallEstimate): void {
    const { budgets = [] } = context.caller;
    if (budgets.length === 0) return;
    const startedAt = context.startedAt.getTime();
    this.show(context);
    const { nanoUsd, isUncharged } = estimate;
    const held = reserveBudgets(this.book, budgets, { nanoUsd, isUncharged, startedAt });
    const reservation = new CallReservation(held, estimate);
    this.reservations.set(context, reservation);
    context.onSettle(({ costNanoUsd }) => {
      reservation.fix(costNanoUsd ?? 0);
      this.uncommitted.set(context.requestId, reservation);
    });
    context.onEnd(() => {
      // Where something was called, its cost may still be counted after the client has left.
      if (context.tries.length === 0) reservation.release();
    });
  }

  /** What is held for a call; it grows with the answer. */
  reservationOf(context: RequestContext): CallReservation | undefined {
    return this.reservations.get(context);
  }

  /** Ends what is held for a call whose row is settled, lost or committed later. */
  close(context: RequestContext, isDeferred: boolean): void {
    if (isDeferred && this.uncommitted.has(context.requestId)) return;
    this.reservations.get(context)?.release();
    this.uncommitted.delete(context.requestId);
  }

  private show(context: RequestContext): void {
    const startedAt = context.startedAt.getTime();
    const { budgets = [] } = context.caller;
    const shown = tightest(budgets.map((budget) => this.book.standing(budget, startedAt)));
    if (shown) context.limits.budget = toBudgetReading(shown);
  }

  private forget(requestId: string): void {
    this.uncommitted.get(requestId)?.release();
    this.uncommitted.delete(requestId);
  }
}

/** @throws {StorageUnavailableError} nobody can say what is left, so nothing that costs may be called */
function readSpent(read: () => number): number {
  try {
    return read();
  } catch (error) {
    throw new StorageUnavailableError(error);
  }
}
