import { closeSync, ftruncateSync, openSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { StorageStartError } from '../storage-errors.js';
import { sqliteCodeOf } from '../sqlite-failure.js';

/** Where SQLite keeps `user_version` in a file's header; the holder's process id stands there. */
const USER_VERSION_OFFSET = 60;

/** Another start may be in the middle of taking the lock, and will fail. */
const LOCK_WAIT_MS = 250;

/** Files locked by this process: closing any descriptor of a file drops the process's locks on it, so it is not read. */
const heldHere = new Set<string>();

export interface FileLock {
  release(): void;
}

/**
 * Makes this process the only gateway on a database file. The lock is one of the operating system's on a small file
 * beside it (`<file>.lock`), so it ends with the process, however that ends. The database itself stays open to others
 * for reading and backups.
 * @throws {StorageStartError} that names the process which has the file
 */
export function lockDatabaseFile(databasePath: string, pid = process.pid): FileLock {
  const lockPath = `${realPathOf(databasePath)}.lock`;
  if (heldHere.has(lockPath)) throw alreadyUsed(databasePath, pid);
  const db = hold(lockPath, databasePath, pid);
  heldHere.add(lockPath);
  return {
    release: () => {
      heldHere.delete(lockPath);
      db.close();
    },
  };
}

function hold(lockPath: string, databasePath: string, pid: number): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(lockPath, { timeout: LOCK_WAIT_MS });
    // In this mode the lock stays after the commit; without a journal no file is left behind by a killed process.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    db.pragma(`user_version = ${pid}`);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db?.close();
    const code = sqliteCodeOf(error);
    if (code?.startsWith('SQLITE_BUSY')) throw alreadyUsed(databasePath, pidIn(lockPath));
    if (code !== 'SQLITE_NOTADB') throw notWritable(databasePath, error);
  }
  // Nobody holds a file that is no database, for holding it is what makes it one: a power cut left it half written.
  empty(lockPath);
  return hold(lockPath, databasePath, pid);
}

function pidIn(lockPath: string): number | undefined {
  const header = Buffer.alloc(4);
  const file = openSync(lockPath, 'r');
  try {
    return readSync(file, header, 0, 4, USER_VERSION_OFFSET) === 4 ? header.readUInt32BE(0) : undefined;
  } finally {
    closeSync(file);
  }
}

function empty(path: string): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, 0);
  } finally {
    closeSync(file);
  }
}

/** Two names of one file (a link, another folder name) are one file. The file itself need not exist yet. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return join(realpathSync(dirname(path)), basename(path));
  }
}

function alreadyUsed(path: string, pid: number | undefined): StorageStartError {
  const who = pid === undefined || pid === 0 ? 'another process' : `process ${pid}`;
  return new StorageStartError(
    `The database ${path} is in use by another gateway, ${who}. Stop that one first, or give this one its own DATABASE_PATH.`,
  );
}

function notWritable(path: string, cause: unknown): StorageStartError {
  return new StorageStartError(
    `The folder of the database ${path} cannot be written. Make it writable for this user, or set DATABASE_PATH to another place.`,
    cause,
  );
}
