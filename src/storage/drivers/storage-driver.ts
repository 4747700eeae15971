import type { DataSource } from 'typeorm';
import type { StorageConfig } from '../../config/gateway-config.js';
import type { OpenedRow, SettledRow } from '../ledger-rows.js';
import type { PricedLater } from '../priced-later.js';
import type { GroupDeltas, SummedRow } from '../usage-accumulator.js';

/** One kind of database. Everything outside `drivers/` is the same for all of them. */
export interface StorageDriver {
  /** How the start names it: `SQLite (persistent)`. */
  readonly label: string;
  /**
   * Opens the database, its schema brought up to date.
   * @throws {StorageStartError}
   */
  open(config: StorageConfig): Promise<OpenedStorage>;
}

export interface OpenedStorage {
  readonly dataSource: DataSource;
  readonly ledger: LedgerStore;
  close(): Promise<void>;
}

/** The statements of the ledger's hot road. A write is whole or not at all. */
export interface LedgerStore {
  /** Calls that begin are written down. Pointless where nothing outlives the process. */
  readonly keepsOpened: boolean;
  /** Calls that began at this time or later have their rows, but for retention; ms since 1970. */
  readonly wholeSince: number;
  /** A repository's transaction is open on the connection: what is written now could be rolled back with it. */
  isInTransaction(): boolean;
  /**
   * Adds calls that began and calls that ended, in one transaction.
   * @returns of the ended calls those that were new; one that has its row already is left out
   */
  write(opened: readonly OpenedRow[], settled: readonly SettledRow[]): readonly SettledRow[];
  /** Writes something without meaning, to see whether writing works. */
  probe(nowMs: number): void;
  /** Whether a call of this id has begun or ended. */
  hasRequest(requestId: string): boolean;
  /** Turns calls that a dead process left open into ended ones; returns how many. */
  settleLeftovers(nowMs: number): number;
  /** Adds to the sums of hours, days and months all rows written so far; `deltas` are those rows' sums. */
  addSums(deltas: Iterable<GroupDeltas>): void;
  /** Ended calls that are in no sum yet, oldest first, at most `limit`; to be added before anything is written. */
  unsummedRows(limit: number): readonly SummedRow[];
  /** As `addSums`, for the first `count` of the unsummed rows. */
  addLeftoverSums(deltas: Iterable<GroupDeltas>, count: number): void;
  /**
   * Writes costs that were unknown into rows and sums, in one transaction; the sums must hold these rows already.
   * @param deltasOf what the sums of the calls that it is given change by
   * @returns the calls that still were without a cost; the others are left as they are
   */
  setCosts(
    calls: readonly PricedLater[],
    deltasOf: (changed: readonly PricedLater[]) => Iterable<GroupDeltas>,
  ): readonly PricedLater[];
  /**
   * What calls of a key or a person have cost, as far as the sums reach.
   * @param from first ms of the spans that count
   * @returns nano-USD
   */
  costSince(of: 'key' | 'user', id: string, span: number, from: number): number;
}
