import { Logger } from '@nestjs/common';
import type { StorageConfig } from '../config/gateway-config.js';
import { driverOf } from './drivers.js';
import type { OpenedStorage } from './drivers/storage-driver.js';
import { LedgerWriter } from './ledger-writer.js';
import { StorageTransactions } from './storage-transactions.js';
import { UsageSums } from './usage-sums.js';

/** The opened database: rows of ended calls are written through `ledger`, everything else through repositories. */
export class Storage {
  readonly writer: LedgerWriter;
  readonly sums: UsageSums;
  readonly transactions: StorageTransactions;
  /** Calls that a dead process had in flight; they are `unknown` now. */
  readonly leftovers: number;

  constructor(readonly opened: OpenedStorage) {
    this.sums = new UsageSums(opened.ledger);
    this.writer = new LedgerWriter(opened.ledger, this.sums);
    this.transactions = new StorageTransactions(opened.dataSource);
    this.leftovers = opened.ledger.settleLeftovers(Date.now());
    this.sums.catchUp();
    if (this.leftovers > 0) {
      new Logger('ledger').warn({ event: 'calls_left_in_flight', calls: this.leftovers, settledAs: 'unknown' });
    }
  }

  /**
   * Opens the configured database. Outside Nest, which would print a failure with its stack.
   * @throws {StorageStartError}
   */
  static async open(config: StorageConfig): Promise<Storage> {
    return new Storage(await driverOf(config).open(config));
  }

  /** Writes what is left and closes the database. Nothing may use it any more. */
  async close(): Promise<void> {
    this.writer.close();
    this.sums.close();
    await this.opened.close();
  }
}
