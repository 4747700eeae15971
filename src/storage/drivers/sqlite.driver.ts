import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import type { StorageConfig } from '../../config/gateway-config.js';
import { StorageStartError } from '../storage-errors.js';
import { checkSqliteFile, explainSqliteError, interrupted } from './check-sqlite-file.js';
import { openSqlite, rawConnection } from './open-sqlite.js';
import { lockDatabaseFile } from './sqlite-file-lock.js';
import { SqliteLedgerStore } from './sqlite-ledger-store.js';
import type { OpenedStorage, StorageDriver } from './storage-driver.js';

/** SQLite in a file, used by one gateway at a time. */
export const sqliteDriver: StorageDriver = {
  label: 'SQLite (persistent)',
  async open(config: StorageConfig): Promise<OpenedStorage> {
    const path = resolve(config.databasePath ?? '');
    makeFolder(dirname(path));
    const lock = lockDatabaseFile(path);
    try {
      checkSqliteFile(path);
      const dataSource = await openMigrated(path, config.synchronous);
      return {
        dataSource,
        ledger: new SqliteLedgerStore(rawConnection(dataSource), { keepsOpened: true }),
        close: async () => {
          await dataSource.destroy();
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      throw explainSqliteError(error, path);
    }
  },
};

async function openMigrated(path: string, synchronous: 'normal' | 'full'): Promise<DataSource> {
  try {
    return await openSqlite(path, synchronous);
  } catch (error) {
    const explained = explainSqliteError(error, path);
    throw explained === error ? interrupted(path, error) : explained;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StorageStartError(
      `The folder ${folder} for the database cannot be made. Make it, or set DATABASE_PATH to another place.`,
      error,
    );
  }
}
