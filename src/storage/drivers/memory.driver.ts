import { openSqlite, rawConnection } from './open-sqlite.js';
import { SqliteLedgerStore } from './sqlite-ledger-store.js';
import type { StorageDriver } from './storage-driver.js';

/** About 30 MB. Sums are kept of all. */
const MAX_ROWS = 20_000;

/** SQLite without a file: the same SQL, gone at the stop. */
export const memoryDriver: StorageDriver = {
  label: 'in-memory (set DATABASE_PATH for persistence)',
  async open() {
    const dataSource = await openSqlite(':memory:', 'normal');
    return {
      dataSource,
      ledger: new SqliteLedgerStore(rawConnection(dataSource), { keepsOpened: false, maxRows: MAX_ROWS }),
      close: () => dataSource.destroy(),
    };
  },
};
