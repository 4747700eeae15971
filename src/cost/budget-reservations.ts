import { dayStart } from '../storage/usage-spans.js';

/** Money held for one call under way. */
export interface Reservation {
  /** nano-USD. */
  readonly amount: number;
  /** Holds another amount from now on; nothing once it is released. */
  change(nanoUsd: number): void;
  /** Holds nothing any more; later calls change nothing. */
  release(): void;
}

/**
 * What is held for calls under way, by holder and by the day on which the calls began: every budget period is made of
 * whole days. Lives in memory only, so that the reservations of a dead process are gone with it.
 */
export class BudgetReservations {
  private readonly held = new Map<string, Map<number, number>>();

  /** nano-USD held for calls that began at `from` or later. */
  heldSince(holder: string, from: number): number {
    let sum = 0;
    for (const [day, amount] of this.held.get(holder) ?? []) if (day >= from) sum += amount;
    return sum;
  }

  /** Holds an amount with every one of the holders. */
  hold(holders: readonly string[], nanoUsd: number, startedAt: number): Reservation {
    const day = dayStart(startedAt);
    let amount = 0;
    let isReleased = false;
    const change = (wanted: number): void => {
      if (isReleased || wanted === amount) return;
      for (const holder of holders) this.add(holder, day, wanted - amount);
      amount = wanted;
    };
    change(nanoUsd);
    return {
      get amount() {
        return amount;
      },
      change,
      release: () => {
        change(0);
        isReleased = true;
      },
    };
  }

  /** Holders for whom something is held. */
  get size(): number {
    return this.held.size;
  }

  private add(holder: string, day: number, nanoUsd: number): void {
    const days = this.held.get(holder) ?? new Map<number, number>();
    const sum = (days.get(day) ?? 0) + nanoUsd;
    if (sum === 0) days.delete(day);
    else days.set(day, sum);
    if (days.size === 0) this.held.delete(holder);
    else this.held.set(holder, days);
  }
}
