import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA_VERSION } from '../migrations/all-migrations.js';
import { StorageStartError } from '../storage-errors.js';
import { checkSqliteFile } from './check-sqlite-file.js';
import { APPLICATION_ID, rawConnection } from './open-sqlite.js';
import { sqliteDriver } from './sqlite.driver.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  path = join(folder, 'gateway.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

const open = () => sqliteDriver.open({ databasePath: path, synchronous: 'normal' });
const make = async (): Promise<void> => (await open()).close();
const change = (work: (db: Database.Database) => void): void => {
  const db = new Database(path);
  work(db);
  db.close();
};
const refusal = async (): Promise<string> => {
  const outcome = await open().then(
    (storage) => storage.close(),
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(StorageStartError);
  return outcome instanceof Error ? outcome.message : '';
};

describe('opening a database', () => {
  it('makes the folders and a file that says whose it is, in WAL mode', async () => {
    path = join(folder, 'a', 'b', 'gateway.db');
    const storage = await open();
    const db = rawConnection(storage.dataSource);
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    await storage.close();
  });

  it('syncs every commit when it is told to', async () => {
    const storage = await sqliteDriver.open({ databasePath: path, synchronous: 'full' });
    expect(rawConnection(storage.dataSource).pragma('synchronous', { simple: true })).toBe(2);
    await storage.close();
  });

  it('opens again what it has closed, and an empty file', async () => {
    await make();
    await make();
    path = join(folder, 'empty.db');
    writeFileSync(path, '');
    await make();
  });

  it('has entities and migrations that agree', async () => {
    const storage = await open();
    const { upQueries } = await storage.dataSource.driver.createSchemaBuilder().log();
    const changes = upQueries
      .map(({ query }) => query)
      .filter((query) => /ADD COLUMN|DROP COLUMN|CREATE TABLE "(?!temporary)/.test(query));
    const columns = storage.dataSource.entityMetadatas.map(({ tableName, columns: all }) => {
      const stored = rawConnection(storage.dataSource).pragma(`table_info(${tableName})`) as { name: string }[];
      return [stored.map(({ name }) => name).sort(), all.map(({ databaseName }) => databaseName).sort()];
    });
    for (const [stored, declared] of columns) expect(stored).toEqual(declared);
    expect(changes.filter((query) => query.includes('ADD COLUMN'))).toEqual([]);
    await storage.close();
  });
});

describe('refusing to start', () => {
  it('says that a file is no database, and leaves it as it is', async () => {
    writeFileSync(path, 'these are notes and no database at all');
    expect(await refusal()).toBe(
      `The file ${path} is not a readable SQLite database, or it is damaged. Restore it from a copy, or move it away and start with a new one.`,
    );
    expect(readFileSync(path, 'utf8')).toBe('these are notes and no database at all');
  });

  it('says that a database is damaged', async () => {
    await make();
    change((db) => {
      db.pragma('journal_mode = DELETE');
      const insert = db.prepare('INSERT INTO ledger_state (name, value) VALUES (?, 1)');
      for (let i = 0; i < 5_000; i += 1) insert.run(`name ${i}`);
    });
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 3 * 4_096, bytes.length - 4_096);
    writeFileSync(path, bytes);
    expect(await refusal()).toContain('it is damaged. Restore it from a copy');
  });

  it('says that a truncated database is damaged', async () => {
    await make();
    writeFileSync(path, readFileSync(path).subarray(0, 6_000));
    expect(await refusal()).toContain('it is damaged. Restore it from a copy');
  });

  it('names the schema version of a newer database', async () => {
    await make();
    change((db) => db.pragma(`user_version = ${SCHEMA_VERSION + 7}`));
    expect(await refusal()).toBe(
      `The database ${path} has schema version ${SCHEMA_VERSION + 7}, this gateway knows versions up to ${SCHEMA_VERSION}. Start the newer gateway that wrote it, or restore a copy from before the upgrade.`,
    );
  });

  it("does not take another program's database", async () => {
    change((db) => db.exec('CREATE TABLE songs (title text)'));
    expect(await refusal()).toContain('is a database of another program');
    await make().catch(() => undefined);
    change((db) => expect(db.prepare('SELECT name FROM sqlite_master').pluck().all()).toEqual(['songs']));
  });

  it('says that a migration did not finish when tables are there that it should have made', async () => {
    await make();
    change((db) => {
      db.pragma('user_version = 0');
      db.exec('DELETE FROM migrations');
    });
    expect(await refusal()).toContain('A migration of the database');
  });

  it('says that a migration did not finish when the version is ahead of what was applied', async () => {
    await make();
    change((db) => db.exec('DELETE FROM migrations'));
    expect(await refusal()).toContain('did not finish. Restore a copy from before the upgrade');
  });

  it('takes up a database whose migrations were committed and whose version was not', async () => {
    await make();
    change((db) => {
      db.pragma('user_version = 0');
      db.pragma('application_id = 0');
    });
    await make();
    change((db) => expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION));
  });

  it('says that a file is read-only', async () => {
    await make();
    chmodSync(path, 0o444);
    expect(await refusal()).toBe(
      `The database ${path} is read-only. Make the file and its folder writable for this user, or set DATABASE_PATH to another place.`,
    );
    chmodSync(path, 0o644);
  });

  it('says that a folder stands where the file should', async () => {
    mkdirSync(path);
    expect(await refusal()).toContain('which is no file');
  });

  it('says that the folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    path = join(folder, 'file', 'deeper', 'gateway.db');
    expect(await refusal()).toContain('cannot be made');
  });

  it('says that another program holds the lock', async () => {
    await make();
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    expect(() => checkSqliteFile(path, 10)).toThrow('is locked by another program');
    other.close();
  });
});

describe('one gateway a file', () => {
  it('refuses a second one in this process and names it', async () => {
    const first = await open();
    expect(await refusal()).toContain(`in use by another gateway, process ${process.pid}`);
    await first.close();
    await make();
  });

  it('knows the file under another name', async () => {
    const first = await open();
    const original = path;
    path = join(folder, 'link.db');
    symlinkSync(original, path);
    expect(await refusal()).toContain('in use by another gateway');
    await first.close();
  });

  it('names the process that has the file, and is not stopped by one that was killed', async () => {
    const holder = spawn(process.execPath, ['-e', HOLD_LOCK, `${path}.lock`], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(await refusal()).toBe(
      `The database ${path} is in use by another gateway, process ${holder.pid}. Stop that one first, or give this one its own DATABASE_PATH.`,
    );
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
    await make();
  });

  it('takes over a lock file that a power cut left half written', async () => {
    writeFileSync(`${path}.lock`, 'half a head');
    await make();
    expect(existsSync(path)).toBe(true);
  });
});

/** What a gateway does to hold its file, in a process that can be killed. */
const HOLD_LOCK = `
  const Database = require('better-sqlite3');
  const db = new Database(process.argv[1]);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = MEMORY');
  db.exec('BEGIN EXCLUSIVE');
  db.pragma('user_version = ' + process.pid);
  db.exec('COMMIT');
  console.log('held');
  setInterval(() => {}, 1000);
`;
