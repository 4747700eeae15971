import type { DataSource, EntityManager } from 'typeorm';

/**
 * Transactions of repositories, one after the other. SQLite has one connection: two interleaved transactions would
 * become one, and the ledger waits while one is open, so keep them short and without waiting for anything else.
 */
export class StorageTransactions {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const next = this.last.then(() => this.dataSource.transaction(work));
    this.last = next.catch(() => undefined);
    return next;
  }
}
