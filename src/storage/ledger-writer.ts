import { Logger } from '@nestjs/common';
import type { LedgerStore } from './drivers/storage-driver.js';
import { FlushSchedule } from './flush-schedule.js';
import type { OpenedRow, SettledRow } from './ledger-rows.js';
import { ConnectionBusyError, failureOf } from './sqlite-failure.js';
import { StorageUnavailableError } from './storage-errors.js';
import { describe, StoreCondition, type StorageHealth, type StoreTolerance } from './store-condition.js';
import type { UsageSums } from './usage-sums.js';

/** `deferred`: the store is locked or broken; the row is kept and lands when it can be written again. */
export type Commit = 'committed' | 'deferred';

export interface LedgerWriterOptions extends Partial<StoreTolerance> {
  readonly now?: () => number;
}

interface Entry {
  readonly opened?: OpenedRow;
  readonly settled?: SettledRow;
  /** Absent when its caller has been told `deferred`. */
  waiter: { resolve(commit: Commit): void; reject(error: unknown): void } | undefined;
}

const TOLERANCE: StoreTolerance = { patienceMs: 250, maxLockedMs: 30_000, maxWaiting: 50_000 };
const RETRY_MS = 10;
const MAX_RETRY_MS = 500;

/**
 * Writes the ledger: what one tick of the event loop brings goes to the store as one transaction. Callers wait for
 * the commit. While another process holds the lock, rows queue and calls go on; while the store is broken, calls that
 * begin are refused and calls that run are settled from the queue later. Nothing is dropped without a line in the log.
 */
export class LedgerWriter {
  private readonly logger = new Logger('ledger');
  private readonly tolerance: StoreTolerance;
  private readonly condition: StoreCondition;
  private readonly schedule: FlushSchedule;
  private queue: Entry[] = [];
  /** Calls whose ending is not committed yet. */
  private readonly unsettled = new Set<string>();
  private retryTimer: NodeJS.Timeout | undefined;
  private retryMs = RETRY_MS;
  private isClosed = false;

  constructor(
    private readonly store: LedgerStore,
    private readonly sums: UsageSums,
    { now = () => performance.now(), ...tolerance }: LedgerWriterOptions = {},
  ) {
    this.tolerance = { ...TOLERANCE, ...tolerance };
    this.condition = new StoreCondition(this.tolerance, now);
    this.schedule = new FlushSchedule(() => this.flush(), now);
  }

  get health(): StorageHealth {
    return this.condition.health;
  }

  /** Rows that wait for the store. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Whether a call of this id is under way or has ended. */
  hasRequest(requestId: string): boolean {
    return this.unsettled.has(requestId) || this.store.hasRequest(requestId);
  }

  /**
   * Records that a call begins; resolves once that is committed.
   * @throws {StorageUnavailableError} while the store is broken: the call must not be made
   */
  async open(row: OpenedRow): Promise<Commit> {
    if (this.health.state === 'broken' || this.isClosed) throw new StorageUnavailableError();
    this.unsettled.add(row.requestId);
    if (!this.store.keepsOpened) return 'committed';
    return this.enqueue({ opened: row, waiter: undefined });
  }

  /**
   * Records how a call ended, once; resolves once that is committed. Calls that were never opened are taken too.
   * @throws {StorageUnavailableError} when the row is lost, which the log tells
   */
  async settle(row: SettledRow): Promise<Commit> {
    if (this.isClosed) throw new StorageUnavailableError();
    if (this.queue.length >= this.tolerance.maxWaiting) {
      this.unsettled.delete(row.requestId);
      this.logger.error({ event: 'ledger_row_lost', requestId: row.requestId, waiting: this.queue.length });
      throw new StorageUnavailableError();
    }
    this.unsettled.add(row.requestId);
    return this.enqueue({ settled: row, waiter: undefined });
  }

  /** Writes what is queued at once, as far as the store lets it. */
  flush(): void {
    this.schedule.cancel();
    const entries = this.queue;
    if (entries.length === 0) return;
    if (this.store.isInTransaction()) return this.onFailure(new ConnectionBusyError());
    this.queue = [];
    try {
      this.write(entries);
    } catch (error) {
      if (failureOf(error) === 'row') return this.writeOneByOne(entries);
      this.queue = [...entries, ...this.queue];
      return this.onFailure(error);
    }
    for (const { waiter } of entries) waiter?.resolve('committed');
    this.schedule.noteFlush();
    this.onSuccess();
  }

  /** Writes what is left and ends. Rows that cannot be written are told to the log. */
  close(): void {
    if (this.isClosed) return;
    this.flush();
    this.isClosed = true;
    this.schedule.cancel();
    clearTimeout(this.retryTimer);
    if (this.queue.length > 0) this.logger.error({ event: 'ledger_rows_lost', rows: this.queue.length });
    for (const { waiter } of this.queue) waiter?.reject(new StorageUnavailableError());
    this.queue = [];
  }

  private enqueue(entry: Entry): Promise<Commit> {
    this.queue.push(entry);
    // While the store fails the timer tries; nobody waits for that.
    if (this.health.state !== 'ok') return Promise.resolve('deferred');
    if (!this.condition.isFailing) this.schedule.request(this.unsettled.size);
    return new Promise((resolve, reject) => {
      entry.waiter = { resolve, reject };
    });
  }

  private write(entries: readonly Entry[]): void {
    const ended = new Set<string>();
    for (const { settled } of entries) if (settled) ended.add(settled.requestId);
    const opened: OpenedRow[] = [];
    const settled: SettledRow[] = [];
    for (const entry of entries) {
      if (entry.settled) settled.push(entry.settled);
      // A call that began and ended within one batch needs no trace of its beginning.
      else if (entry.opened && !ended.has(entry.opened.requestId)) opened.push(entry.opened);
    }
    for (const row of this.store.write(opened, settled)) this.sums.add(row);
    for (const { requestId } of settled) this.unsettled.delete(requestId);
  }

  /** One row is at fault; the others must not suffer for it. */
  private writeOneByOne(entries: readonly Entry[]): void {
    for (const [index, entry] of entries.entries()) {
      try {
        this.write([entry]);
        entry.waiter?.resolve('committed');
      } catch (error) {
        if (failureOf(error) !== 'row') {
          this.queue = [...entries.slice(index), ...this.queue];
          return this.onFailure(error);
        }
        const requestId = (entry.settled ?? entry.opened)?.requestId;
        if (requestId !== undefined) this.unsettled.delete(requestId);
        this.logger.error({ event: 'ledger_row_refused', requestId, error: describe(error) });
        entry.waiter?.reject(new StorageUnavailableError(error));
      }
    }
    this.onSuccess();
  }

  private onSuccess(): void {
    this.retryMs = RETRY_MS;
    this.condition.succeeded(this.queue.length);
  }

  private onFailure(error: unknown): void {
    this.condition.failed(error, this.queue.length);
    if (this.health.state === 'broken') this.refuseBeginnings();
    if (this.health.state !== 'ok') for (const entry of this.queue) release(entry);
    this.retryLater();
  }

  /** Calls that have not begun are refused; calls that run are not held up, and their rows are kept. */
  private refuseBeginnings(): void {
    this.queue = this.queue.filter((entry) => {
      if (!entry.opened || !entry.waiter) return true;
      this.unsettled.delete(entry.opened.requestId);
      entry.waiter.reject(new StorageUnavailableError());
      return false;
    });
  }

  private retryLater(): void {
    if (this.isClosed) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retry(), this.retryMs).unref();
    this.retryMs = Math.min(this.retryMs * 2, MAX_RETRY_MS);
  }

  private retry(): void {
    if (this.queue.length > 0) return this.flush();
    try {
      this.store.probe(Date.now());
    } catch (error) {
      return this.onFailure(error);
    }
    this.onSuccess();
  }
}

function release(entry: Entry): void {
  entry.waiter?.resolve('deferred');
  entry.waiter = undefined;
}
