import type { StorageConfig } from '../config/gateway-config.js';
import { memoryDriver } from './drivers/memory.driver.js';
import { sqliteDriver } from './drivers/sqlite.driver.js';
import type { StorageDriver } from './drivers/storage-driver.js';

/** Every kind of database, one line each. */
export const STORAGE_DRIVERS = {
  memory: memoryDriver,
  sqlite: sqliteDriver,
} as const satisfies Record<string, StorageDriver>;

/** A configured file means SQLite in that file; nothing configured means memory. */
export function driverOf(config: StorageConfig): StorageDriver {
  return config.databasePath === undefined ? STORAGE_DRIVERS.memory : STORAGE_DRIVERS.sqlite;
}
