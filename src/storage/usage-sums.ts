import { Logger } from '@nestjs/common';
import type { LedgerStore } from './drivers/storage-driver.js';
import type { SettledRow } from './ledger-rows.js';
import type { PricedLater } from './priced-later.js';
import { failureOf } from './sqlite-failure.js';
import { StorageUnavailableError } from './storage-errors.js';
import { UsageAccumulator } from './usage-accumulator.js';

const FLUSH_AFTER_MS = 1_000;
const LEFTOVER_ROWS_A_STEP = 5_000;

/** What a call has cost, once its row says so for good. */
export interface CommittedCost {
  /** Absent when the cost was filled in later. */
  readonly requestId?: string;
  readonly keyId: string;
  readonly userId: string | null;
  readonly startedAt: number;
  readonly costNanoUsd: number | null;
}

/**
 * Keeps the sums of hours, days and months. They run behind the rows by up to a second and never lose one: the
 * database knows up to which row its sums reach, and a start adds what a killed process had not. Whoever reads sums
 * calls `flush` first and reads exact ones.
 */
export class UsageSums {
  private readonly logger = new Logger('ledger');
  private readonly accumulator = new UsageAccumulator();
  private readonly observers: ((cost: CommittedCost) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: LedgerStore) {}

  /** Calls that began earlier may have sums and no row; ms since 1970. */
  get rowsSince(): number {
    return this.store.wholeSince;
  }

  /** Adds the rows that a killed process had written but not summed. Call it before the first row is written. */
  catchUp(): void {
    for (;;) {
      const rows = this.store.unsummedRows(LEFTOVER_ROWS_A_STEP);
      if (rows.length === 0) return;
      for (const row of rows) this.accumulator.add(row);
      this.store.addLeftoverSums(this.accumulator.deltas(), rows.length);
      this.accumulator.clear();
    }
  }

  /** Takes a row that has just been committed. */
  add(row: SettledRow): void {
    this.accumulator.add(row);
    for (const observer of this.observers) observer(row);
    this.timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Registers an observer of every cost, told in the same turn in which `costSince` begins to count it. */
  onCost(observer: (cost: CommittedCost) => void): void {
    this.observers.push(observer);
  }

  /**
   * What calls of a key or a person have cost, exact to the last committed call, at once and without a write.
   * @param from start of a span, ms
   * @returns nano-USD
   */
  costSince(of: 'key' | 'user', id: string, span: number, from: number): number {
    return this.store.costSince(of, id, span, from) + this.accumulator.costSince(of, id, from);
  }

  /**
   * Brings the stored sums up to the last committed row.
   * @returns false when the store cannot be written now; the sums then lack the latest calls
   */
  flush(): boolean {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.accumulator.size === 0) return true;
    try {
      if (this.store.isInTransaction()) return this.retryLater();
      this.store.addSums(this.accumulator.deltas());
    } catch (error) {
      if (failureOf(error) === 'row') this.logger.error({ event: 'usage_sums_failed', error: String(error) });
      return this.retryLater();
    }
    this.accumulator.clear();
    return true;
  }

  /**
   * Gives calls their cost that had none, in their rows and in every sum that holds them, whole or not at all.
   * @returns those that still were without a cost; the others are left as they are
   * @throws {StorageUnavailableError} when the store cannot be written now
   */
  priceLater(calls: readonly PricedLater[]): readonly PricedLater[] {
    // A row that is in no sum yet would be added there without its cost.
    if (!this.flush()) throw new StorageUnavailableError();
    try {
      const priced = this.store.setCosts(calls, (changed) => {
        const costs = new UsageAccumulator();
        for (const { row, costNanoUsd } of changed) costs.addCost(row, costNanoUsd);
        return costs.deltas();
      });
      for (const { row, costNanoUsd } of priced) {
        const { keyId, userId, startedAt } = row;
        for (const observer of this.observers) observer({ keyId, userId, startedAt, costNanoUsd });
      }
      return priced;
    } catch (error) {
      throw new StorageUnavailableError(error);
    }
  }

  close(): void {
    this.flush();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private retryLater(): false {
    this.timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS).unref();
    return false;
  }
}
