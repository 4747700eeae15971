import { Logger } from '@nestjs/common';
import type { LedgerStore } from './drivers/storage-driver.js';
import type { OpenedRow, SettledRow } from './ledger-rows.js';
import { ConnectionBusyError, failureOf, sqliteCodeOf } from './sqlite-failure.js';
import { StorageUnavailableError } from './storage-errors.js';
import type { UsageSums } from './usage-sums.js';

export interface StorageHealth {
  /** `locked`: calls are taken, rows wait. `broken`: no calls are taken. */
  readonly state: 'ok' | 'locked' | 'broken';
  readonly detail: string;
}

/** `deferred`: the store is locked or broken; the row is kept and lands when it can be written again. */
export type Commit = 'committed' | 'deferred';

export interface LedgerWriterOptions {
  /** How long a lock is waited for before anything is answered without its row. */
  readonly patienceMs?: number;
  /** How long the store may be locked before no more calls are taken. */
  readonly maxLockedMs?: number;
  /** How many rows may wait. */
  readonly maxWaiting?: number;
  readonly now?: () => number;
}

interface Entry {
  readonly opened?: OpenedRow;
  readonly settled?: SettledRow;
  /** Absent when its caller has been told `deferred`. */
  waiter: { resolve(commit: Commit): void; reject(error: unknown): void } | undefined;
}

const RETRY_MS = 10;
/** A transaction costs as much as ten rows: with so many calls under way, rows of a millisecond share one. */
const CROWD = 16;
const GATHER_MS = 1;
const MAX_RETRY_MS = 500;

/**
 * Writes the ledger: what one tick of the event loop brings goes to the store as one transaction. Callers wait for
 * the commit. While another process holds the lock, rows queue and calls go on; while the store is broken, calls that
 * begin are refused and calls that run are settled from the queue later. Nothing is dropped without a line in the log.
 */
export class LedgerWriter {
  private readonly logger = new Logger('ledger');
  private readonly patienceMs: number;
  private readonly maxLockedMs: number;
  private readonly maxWaiting: number;
  private readonly now: () => number;
  private queue: Entry[] = [];
  private immediate: NodeJS.Immediate | undefined;
  private gathering: NodeJS.Timeout | undefined;
  /** Calls whose ending is not committed yet. */
  private readonly unsettled = new Set<string>();
  private flushedAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private retryMs = RETRY_MS;
  private failingSince: number | undefined;
  private current: StorageHealth = { state: 'ok', detail: '' };
  private isClosed = false;

  constructor(
    private readonly store: LedgerStore,
    private readonly sums: UsageSums,
    options: LedgerWriterOptions = {},
  ) {
    this.patienceMs = options.patienceMs ?? 250;
    this.maxLockedMs = options.maxLockedMs ?? 30_000;
    this.maxWaiting = options.maxWaiting ?? 50_000;
    this.now = options.now ?? (() => performance.now());
  }

  get health(): StorageHealth {
    return this.current;
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
    if (this.current.state === 'broken' || this.isClosed) throw new StorageUnavailableError();
    this.unsettled.add(row.requestId);
    return this.enqueue({ opened: row, waiter: undefined });
  }

  /** Records how a call ended, once; resolves once that is committed. Rows of calls that were never opened are taken too. */
  async settle(row: SettledRow): Promise<Commit> {
    if (this.isClosed) throw new StorageUnavailableError();
    if (this.queue.length >= this.maxWaiting) {
      this.unsettled.delete(row.requestId);
      this.logger.error({ event: 'ledger_row_lost', requestId: row.requestId, waiting: this.queue.length });
      throw new StorageUnavailableError();
    }
    this.unsettled.add(row.requestId);
    return this.enqueue({ settled: row, waiter: undefined });
  }

  /** Writes what is queued at once, as far as the store lets it. */
  flush(): void {
    this.unschedule();
    const entries = this.queue;
    if (entries.length === 0) return;
    if (this.store.isInTransaction()) {
      this.onFailure(new ConnectionBusyError());
      return;
    }
    this.queue = [];
    try {
      this.write(entries);
    } catch (error) {
      if (failureOf(error) === 'row') return this.writeOneByOne(entries);
      this.queue = [...entries, ...this.queue];
      this.onFailure(error);
      return;
    }
    for (const { waiter } of entries) waiter?.resolve('committed');
    this.flushedAt = this.now();
    this.onSuccess();
  }

  /** Writes what is left and ends. Rows that cannot be written are told to the log. */
  close(): void {
    if (this.isClosed) return;
    this.flush();
    this.isClosed = true;
    this.unschedule();
    clearTimeout(this.timer);
    if (this.queue.length > 0) this.logger.error({ event: 'ledger_rows_lost', rows: this.queue.length });
    for (const { waiter } of this.queue) waiter?.reject(new StorageUnavailableError());
    this.queue = [];
  }

  private enqueue(entry: Entry): Promise<Commit> {
    this.queue.push(entry);
    // While the store fails the timer tries; nobody waits for that.
    if (this.current.state !== 'ok') return Promise.resolve('deferred');
    if (this.failingSince === undefined) this.schedule();
    return new Promise((resolve, reject) => {
      entry.waiter = { resolve, reject };
    });
  }

  private schedule(): void {
    if (this.immediate || this.gathering) return;
    const isCrowded = this.unsettled.size >= CROWD && this.now() - this.flushedAt < GATHER_MS * 2;
    if (isCrowded) this.gathering = setTimeout(() => this.flush(), GATHER_MS);
    else this.immediate = setImmediate(() => this.flush());
  }

  private unschedule(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.gathering);
    this.immediate = undefined;
    this.gathering = undefined;
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
          this.onFailure(error);
          return;
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
    this.failingSince = undefined;
    this.setHealth({ state: 'ok', detail: '' });
  }

  private onFailure(error: unknown): void {
    this.failingSince ??= this.now();
    const failedMs = this.now() - this.failingSince;
    if (failureOf(error) === 'broken') this.breakWith(describe(error));
    else if (failedMs >= this.maxLockedMs) this.breakWith(`locked for ${Math.round(failedMs / 1_000)} s`);
    else if (this.queue.length >= this.maxWaiting) this.breakWith(`locked, ${this.queue.length} rows wait`);
    else if (failedMs >= this.patienceMs && this.current.state === 'ok') {
      this.setHealth({ state: 'locked', detail: 'another process holds the lock; rows wait' });
      for (const entry of this.queue) release(entry);
    }
    this.retryLater();
  }

  private breakWith(detail: string): void {
    this.setHealth({ state: 'broken', detail });
    // Calls that have not begun are refused, calls that run are not held up: their rows are kept.
    this.queue = this.queue.filter((entry) => {
      if (!entry.opened || !entry.waiter) return true;
      this.unsettled.delete(entry.opened.requestId);
      entry.waiter.reject(new StorageUnavailableError());
      return false;
    });
    for (const entry of this.queue) release(entry);
  }

  private retryLater(): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(), this.retryMs);
    this.timer.unref();
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

  private setHealth(health: StorageHealth): void {
    if (health.state !== this.current.state) {
      const line = { event: 'storage_state', state: health.state, detail: health.detail, waiting: this.queue.length };
      if (health.state === 'ok') this.logger.log(line);
      else this.logger.error(line);
    }
    this.current = health;
  }
}

function release(entry: Entry): void {
  entry.waiter?.resolve('deferred');
  entry.waiter = undefined;
}

/** SQLite's messages hold neither values nor paths. */
function describe(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const code = sqliteCodeOf(error);
  return code === undefined ? message : `${code}: ${message}`;
}
