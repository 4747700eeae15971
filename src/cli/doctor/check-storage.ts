import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { StorageConfig } from '../../config/gateway-config.js';
import { checkSqliteFile } from '../../storage/drivers/check-sqlite-file.js';
import { lockDatabaseFile } from '../../storage/drivers/sqlite-file-lock.js';
import { SCHEMA_VERSION } from '../../storage/migrations/all-migrations.js';
import { StorageStartError } from '../../storage/storage-errors.js';
import type { Finding } from './finding.js';

const topic = 'storage';
const IN_USE = /is in use by another gateway, (process \d+|another process)/;

/** The lock, the integrity and the version of the database file, which stays as it is. */
export function checkStorage({ databasePath }: StorageConfig): readonly Finding[] {
  if (databasePath === undefined) {
    const text = 'in memory: keys, costs and the log are lost at the stop; set DATABASE_PATH to keep them';
    return [{ level: 'note', topic, text }];
  }
  const path = resolve(databasePath);
  if (!existsSync(path) || isEmpty(path)) {
    return [{ level: 'note', topic, text: `the file ${path} is not there yet and will be made at the start` }];
  }
  try {
    const holder = holderOf(path);
    checkSqliteFile(path);
    const lock = holder === undefined ? 'free' : `in use by a running gateway, ${holder}`;
    return [{ level: 'ok', topic, text: `${path} is whole, ${lock}` }, versionOf(path)];
  } catch (error) {
    if (!(error instanceof StorageStartError)) throw error;
    return [{ level: 'mend', topic, text: error.message }];
  }
}

/** Who has the file; undefined when nobody has. */
function holderOf(path: string): string | undefined {
  try {
    lockDatabaseFile(path).release();
    return undefined;
  } catch (error) {
    const holder = error instanceof StorageStartError ? IN_USE.exec(error.message)?.[1] : undefined;
    if (holder === undefined) throw error;
    return holder;
  }
}

function versionOf(path: string): Finding {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version === SCHEMA_VERSION) return { level: 'ok', topic, text: `schema version ${version}` };
    const text = `schema version ${version}, brought to ${SCHEMA_VERSION} at the next start; copy the file before`;
    return { level: 'note', topic, text };
  } finally {
    db.close();
  }
}

function isEmpty(path: string): boolean {
  const file = statSync(path);
  return file.isFile() && file.size === 0;
}
