import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SCHEMA_VERSION } from '../migrations/all-migrations.js';
import { sqliteCodeOf } from '../sqlite-failure.js';
import { StorageStartError } from '../storage-errors.js';
import { APPLICATION_ID } from './open-sqlite.js';

const HEADER = 'SQLite format 3\0';
/** Checking costs about a second per 300 MB; larger files are believed, damage in them is found when it is met. */
const MAX_CHECKED_BYTES = 256 * 1_024 * 1_024;
/** Another program may be in the middle of a write. */
const LOCK_WAIT_MS = 2_000;

/**
 * Looks at an existing database file before anything is written to it. A file that does not exist, or is empty, is
 * one to be made.
 * @throws {StorageStartError} when it is corrupt, foreign, newer than this program, half migrated, read-only or locked
 */
export function checkSqliteFile(path: string, lockWaitMs = LOCK_WAIT_MS): void {
  if (!existsSync(path)) return;
  const file = statSync(path);
  if (!file.isFile()) throw new StorageStartError(`DATABASE_PATH is ${path}, which is no file. Name a file.`);
  // The superuser could write it all the same; whoever took the bits away did not want that.
  if ((file.mode & 0o222) === 0) throw readOnly(path);
  if (file.size === 0) return;
  if (!hasHeader(path)) throw corrupt(path);
  try {
    const db = new Database(path, { timeout: lockWaitMs, fileMustExist: true });
    try {
      checkOrigin(db, path);
      checkVersion(db, path);
      if (file.size <= MAX_CHECKED_BYTES) checkPages(db, path);
      db.exec('BEGIN IMMEDIATE');
      db.exec('ROLLBACK');
    } finally {
      db.close();
    }
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}

/** The start error for what SQLite threw; other errors as they are. */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (error instanceof StorageStartError) return error;
  const code = sqliteCodeOf(error) ?? '';
  if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) return corrupt(path, error);
  if (/^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return readOnly(path, error);
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return locked(path, error);
  if (code === 'SQLITE_FULL') {
    return new StorageStartError(
      `There is no room on the disk of the database ${path}. Make room and start again.`,
      error,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new StorageStartError(
      `The disk of the database ${path} fails (${code}). Check the disk and its free space.`,
      error,
    );
  }
  return error;
}

function hasHeader(path: string): boolean {
  const header = Buffer.alloc(HEADER.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('latin1') === HEADER;
}

function checkOrigin(db: Database.Database, path: string): void {
  const applicationId = db.pragma('application_id', { simple: true });
  if (applicationId === APPLICATION_ID) return;
  const others = db
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'`,
    )
    .all();
  if (applicationId === 0 && (others.length === 0 || appliedMigrations(db) > 0)) return;
  throw new StorageStartError(
    `The file ${path} is a database of another program. Set DATABASE_PATH to a file of the gateway's own.`,
  );
}

function checkVersion(db: Database.Database, path: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  const applied = appliedMigrations(db);
  const newest = Math.max(version, applied);
  if (newest > SCHEMA_VERSION) {
    throw new StorageStartError(
      `The database ${path} has schema version ${newest}, this gateway knows versions up to ${SCHEMA_VERSION}. Start the newer gateway that wrote it, or restore a copy from before the upgrade.`,
    );
  }
  if (version > applied) throw interrupted(path);
}

function appliedMigrations(db: Database.Database): number {
  const table = db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`).get();
  if (table === undefined) return 0;
  return Number(db.prepare('SELECT COALESCE(MAX(timestamp), 0) FROM migrations').pluck().get());
}

function checkPages(db: Database.Database, path: string): void {
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw corrupt(path);
}

function corrupt(path: string, cause?: unknown): StorageStartError {
  return new StorageStartError(
    `The file ${path} is not a readable SQLite database, or it is damaged. Restore it from a copy, or move it away and start with a new one.`,
    cause,
  );
}

function readOnly(path: string, cause?: unknown): StorageStartError {
  return new StorageStartError(
    `The database ${path} is read-only. Make the file and its folder writable for this user, or set DATABASE_PATH to another place.`,
    cause,
  );
}

function locked(path: string, cause: unknown): StorageStartError {
  return new StorageStartError(
    `The database ${path} is locked by another program. Close what has it open for writing, then start again.`,
    cause,
  );
}

/** A migration failed, or what it left is not what it should be. */
export function interrupted(path: string, cause?: unknown): StorageStartError {
  return new StorageStartError(
    `A migration of the database ${path} did not finish. Restore a copy from before the upgrade, or move the file away and start with a new one.`,
    cause,
  );
}
