import type { Database } from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { ALL_ENTITIES } from '../entities/all-entities.js';
import { ALL_MIGRATIONS, SCHEMA_VERSION } from '../migrations/all-migrations.js';
import { SilentOrmLogger } from './silent-orm-logger.js';

/** "AIGW" in ASCII: marks a file as this gateway's. */
export const APPLICATION_ID = 0x41494757;
/**
 * How long a statement waits for a lock that another process holds. It blocks the event loop, so the wait is short;
 * the ledger queues rows and tries again by a timer.
 */
const BUSY_TIMEOUT_MS = 20;
const CACHE_KIB = 32 * 1_024;

/**
 * Opens a SQLite database and runs the migrations that it lacks.
 * @param database path of a file, or `:memory:`
 */
export async function openSqlite(database: string, synchronous: 'normal' | 'full'): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    database,
    timeout: BUSY_TIMEOUT_MS,
    entities: ALL_ENTITIES,
    migrations: ALL_MIGRATIONS,
    synchronize: false,
    logging: false,
    logger: new SilentOrmLogger(),
    prepareDatabase: (db: Database) => prepare(db, synchronous),
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
    const db = rawConnection(dataSource);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/** The better-sqlite3 connection under a DataSource. There is one; repositories use it too. */
export function rawConnection(dataSource: DataSource): Database {
  return (dataSource.driver as unknown as { databaseConnection: Database }).databaseConnection;
}

function prepare(db: Database, synchronous: 'normal' | 'full'): void {
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
}
