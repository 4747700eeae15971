/**
 * What a failed write says about the store.
 *
 * - `locked`: another process holds the write lock; the same write succeeds later.
 * - `broken`: the disk is full, read-only or failing, or the file is damaged; somebody has to act.
 * - `row`: the row itself is at fault (a constraint, a type); other rows can be written.
 */
export type WriteFailure = 'locked' | 'broken' | 'row';

const LOCKED = /^SQLITE_(?:BUSY|LOCKED)/;
const BROKEN =
  /^SQLITE_(?:FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|PERM|AUTH|NOMEM|PROTOCOL|NOLFS|INTERNAL|ERROR|SCHEMA|ABORT|INTERRUPT)/;

/** @see https://sqlite.org/rescode.html */
export function failureOf(error: unknown): WriteFailure {
  const code = sqliteCodeOf(error);
  if (code === undefined) return error instanceof ConnectionBusyError ? 'locked' : 'row';
  if (LOCKED.test(code)) return 'locked';
  return BROKEN.test(code) ? 'broken' : 'row';
}

/** The result code of SQLite, `SQLITE_FULL` for one; undefined when the error is none of SQLite's. */
export function sqliteCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')) return error.code;
  return 'driverError' in error ? sqliteCodeOf(error.driverError) : undefined;
}

/** The one connection is inside a transaction of a repository; rows written now could be rolled back with it. */
export class ConnectionBusyError extends Error {
  constructor() {
    super('the connection is inside another transaction');
    this.name = 'ConnectionBusyError';
  }
}
