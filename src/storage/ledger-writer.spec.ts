import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import Database from 'better-sqlite3';
import { rawConnection } from './drivers/open-sqlite.js';
import { sqliteDriver } from './drivers/sqlite.driver.js';
import type { OpenedStorage } from './drivers/storage-driver.js';
import { LedgerWriter, type LedgerWriterOptions } from './ledger-writer.js';
import { StorageUnavailableError } from './storage-errors.js';
import { anOpenedRow, aSettledRow } from './testing/a-row.js';
import { UsageSums } from './usage-sums.js';

Logger.overrideLogger(false);

let folder: string;
let path: string;
let storage: OpenedStorage;
let writer: LedgerWriter;
let clock: number;

const db = (): Database.Database => rawConnection(storage.dataSource);
const ids = (table = 'requests'): unknown[] =>
  db().prepare(`SELECT request_id FROM ${table} ORDER BY request_id`).pluck().all();
const makeWriter = (options: LedgerWriterOptions = {}): LedgerWriter => {
  writer = new LedgerWriter(storage.ledger, new UsageSums(storage.ledger), {
    patienceMs: 0,
    now: () => clock,
    ...options,
  });
  return writer;
};
/** Another process that writes; a second connection is one to SQLite. */
const lockElsewhere = (): Database.Database => {
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  return other;
};
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writer-'));
  path = join(folder, 'gateway.db');
  storage = await sqliteDriver.open({ databasePath: path, synchronous: 'normal' });
  clock = 0;
  makeWriter();
});

afterEach(async () => {
  writer.close();
  await storage.close();
  rmSync(folder, { recursive: true });
});

it('commits what one tick brings in one transaction', async () => {
  const before = db().pragma('data_version', { simple: true });
  const begun = Array.from({ length: 50 }, (_, i) => writer.open(anOpenedRow({ requestId: `req_${i}` })));
  expect(ids('opened_requests')).toEqual([]);
  await expect(Promise.all(begun)).resolves.toEqual(begun.map(() => 'committed'));
  expect(ids('opened_requests')).toHaveLength(50);
  expect(db().pragma('data_version', { simple: true })).toBe(before);
});

it('knows a call from its beginning on, committed or not', async () => {
  expect(writer.hasRequest('req_1')).toBe(false);
  const begun = writer.open(anOpenedRow());
  expect(writer.hasRequest('req_1')).toBe(true);
  await begun;
  expect(writer.hasRequest('req_1')).toBe(true);
  await writer.settle(aSettledRow());
  expect(writer.hasRequest('req_1')).toBe(true);
});

it('gathers the rows of a millisecond when many calls are under way', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => writer.open(anOpenedRow({ requestId: `req_${i}` }))));
  const transactions: number[] = [];
  const write = storage.ledger.write.bind(storage.ledger);
  storage.ledger.write = (opened, settled) => {
    transactions.push(settled.length);
    return write(opened, settled);
  };
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
  const first = writer.settle(aSettledRow({ requestId: 'req_1' }));
  await new Promise((resolve) => setImmediate(resolve));
  const second = writer.settle(aSettledRow({ requestId: 'req_2' }));
  jest.advanceTimersByTime(1);
  jest.useRealTimers();
  await expect(Promise.all([first, second])).resolves.toEqual(['committed', 'committed']);
  expect(transactions).toEqual([2]);
});

describe('while another process holds the lock', () => {
  it('lets calls go on and writes their rows when the lock is gone', async () => {
    const other = lockElsewhere();
    await expect(writer.open(anOpenedRow())).resolves.toBe('deferred');
    expect(writer.health).toEqual({ state: 'locked', detail: 'another process holds the lock; rows wait' });
    await expect(writer.settle(aSettledRow())).resolves.toBe('deferred');
    await expect(writer.settle(aSettledRow({ requestId: 'req_2' }))).resolves.toBe('deferred');
    expect(writer.waiting).toBe(3);
    other.close();
    await until(() => writer.waiting === 0);
    expect(ids()).toEqual(['req_1', 'req_2']);
    expect(ids('opened_requests')).toEqual([]);
    expect(writer.health.state).toBe('ok');
    await expect(writer.settle(aSettledRow({ requestId: 'req_3' }))).resolves.toBe('committed');
  });

  it('waits quietly for a lock that is short', async () => {
    makeWriter({ patienceMs: 250 });
    const other = lockElsewhere();
    const begun = writer.open(anOpenedRow());
    setTimeout(() => other.close(), 30);
    await expect(begun).resolves.toBe('committed');
    expect(writer.health.state).toBe('ok');
  });

  it('takes no more calls when it lasts too long, and settles those that run', async () => {
    const other = lockElsewhere();
    await writer.open(anOpenedRow());
    clock = 30_001;
    await until(() => writer.health.state === 'broken');
    expect(writer.health.detail).toBe('locked for 30 s');
    await expect(writer.open(anOpenedRow({ requestId: 'req_2' }))).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(writer.settle(aSettledRow())).resolves.toBe('deferred');
    other.close();
    await until(() => writer.health.state === 'ok');
    expect(ids()).toEqual(['req_1']);
  });

  it('takes no more calls when too many rows wait', async () => {
    makeWriter({ maxWaiting: 3 });
    const other = lockElsewhere();
    for (let i = 0; i < 3; i += 1) await writer.settle(aSettledRow({ requestId: `req_${i}` }));
    await until(() => writer.health.state === 'broken');
    await expect(writer.open(anOpenedRow())).rejects.toBeInstanceOf(StorageUnavailableError);
    await expect(writer.settle(aSettledRow({ requestId: 'req_9' }))).rejects.toBeInstanceOf(StorageUnavailableError);
    other.close();
    await until(() => writer.waiting === 0);
    expect(ids()).toEqual(['req_0', 'req_1', 'req_2']);
  });
});

describe('while the disk is full', () => {
  const fill = (): void => {
    db().pragma('wal_checkpoint(TRUNCATE)');
    db().pragma(`max_page_count = ${Number(db().pragma('page_count', { simple: true }))}`);
  };
  const large = { promptPreview: 'x'.repeat(20_000) };

  it('refuses calls before they are made, keeps the rows of those that run, and writes them when there is room', async () => {
    await writer.open(anOpenedRow());
    fill();
    await expect(writer.settle(aSettledRow(large))).resolves.toBe('deferred');
    expect(writer.health).toEqual({ state: 'broken', detail: 'SQLITE_FULL: database or disk is full' });
    await expect(writer.open(anOpenedRow({ requestId: 'req_2' }))).rejects.toMatchObject({
      status: 503,
      code: 'storage_unavailable',
    });
    expect(ids()).toEqual([]);
    db().pragma('max_page_count = 1000000');
    await until(() => writer.health.state === 'ok');
    expect(ids()).toEqual(['req_1']);
    expect(db().pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('refuses the calls whose own beginning found out', async () => {
    fill();
    const begun = Array.from({ length: 200 }, (_, i) =>
      writer.open(anOpenedRow({ requestId: `req_${i}`, tags: 'x'.repeat(500) })),
    );
    const outcomes = await Promise.allSettled(begun);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
    db().pragma('max_page_count = 1000000');
    await until(() => writer.health.state === 'ok');
    expect(ids('opened_requests')).toEqual([]);
  });
});

it('refuses a row that is at fault alone, and writes the others of its tick', async () => {
  const bad = { ...aSettledRow({ requestId: 'req_2' }), endpoint: null } as unknown as ReturnType<typeof aSettledRow>;
  const rows = [aSettledRow(), bad, aSettledRow({ requestId: 'req_3' })];
  const outcomes = await Promise.allSettled(rows.map((row) => writer.settle(row)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(ids()).toEqual(['req_1', 'req_3']);
  expect(writer.health.state).toBe('ok');
});

it("waits for the end of a repository's transaction, so that its rows are not rolled back with it", async () => {
  makeWriter({ patienceMs: 10_000 });
  const queryRunner = storage.dataSource.createQueryRunner();
  await queryRunner.startTransaction();
  const settled = writer.settle(aSettledRow());
  await new Promise((resolve) => setImmediate(resolve));
  await queryRunner.rollbackTransaction();
  await expect(settled).resolves.toBe('committed');
  expect(ids()).toEqual(['req_1']);
});

it('writes what is left when it is closed, and takes nothing more', async () => {
  const settled = writer.settle(aSettledRow());
  writer.close();
  await expect(settled).resolves.toBe('committed');
  await expect(writer.open(anOpenedRow())).rejects.toBeInstanceOf(StorageUnavailableError);
  await expect(writer.settle(aSettledRow())).rejects.toBeInstanceOf(StorageUnavailableError);
});
