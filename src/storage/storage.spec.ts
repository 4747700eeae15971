import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryDriver } from './drivers/memory.driver.js';
import { rawConnection } from './drivers/open-sqlite.js';
import { SqliteLedgerStore } from './drivers/sqlite-ledger-store.js';
import { Storage } from './storage.js';
import { anOpenedRow, aSettledRow } from './testing/a-row.js';
import { UsageSums } from './usage-sums.js';

describe.each(['memory', 'sqlite'] as const)('a %s store', (kind) => {
  let folder: string;
  let storage: Storage;

  const open = async (): Promise<Storage> => {
    const config =
      kind === 'memory'
        ? { synchronous: 'normal' as const }
        : { databasePath: join(folder, 'deep', 'gateway.db'), synchronous: 'normal' as const };
    return Storage.open(config);
  };
  const count = (table: string): unknown =>
    rawConnection(storage.opened.dataSource).prepare(`SELECT count(*) FROM ${table}`).pluck().get();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'storage-'));
    storage = await open();
  });

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  it('knows a call from its beginning, and has one row of it when it has ended', async () => {
    await expect(storage.writer.open(anOpenedRow())).resolves.toBe('committed');
    expect([count('opened_requests'), count('requests')]).toEqual([kind === 'memory' ? 0 : 1, 0]);
    expect(storage.writer.hasRequest('req_1')).toBe(true);
    await expect(storage.writer.settle(aSettledRow())).resolves.toBe('committed');
    expect([count('opened_requests'), count('requests')]).toEqual([0, 1]);
    expect(storage.writer.hasRequest('req_1')).toBe(true);
  });

  it('writes a call that begins and ends within one tick once', async () => {
    await Promise.all([storage.writer.open(anOpenedRow()), storage.writer.settle(aSettledRow())]);
    expect([count('opened_requests'), count('requests')]).toEqual([0, 1]);
  });

  it('keeps the first of two rows of one call', async () => {
    await storage.writer.settle(aSettledRow());
    await storage.writer.settle(aSettledRow({ costNanoUsd: 1 }));
    storage.sums.flush();
    const db = rawConnection(storage.opened.dataSource);
    expect(db.prepare('SELECT cost_nano_usd FROM requests').pluck().all()).toEqual([450_000]);
    expect(db.prepare('SELECT DISTINCT requests FROM usage_sums').pluck().all()).toEqual([1]);
  });
});

it('keeps the newest rows in memory, and the sums of all', async () => {
  const opened = await memoryDriver.open({ synchronous: 'normal' });
  const store = new SqliteLedgerStore(rawConnection(opened.dataSource), { keepsOpened: false, maxRows: 100 });
  const sums = new UsageSums(store);
  for (let i = 0; i < 1_000; i += 50) {
    const rows = Array.from({ length: 50 }, (_, k) =>
      aSettledRow({ requestId: `req_${i + k}`, startedAt: 1_000 + i + k }),
    );
    for (const row of store.write([], rows)) sums.add(row);
    if (i % 200 === 0) sums.flush();
  }
  sums.flush();
  store.write([], [aSettledRow({ requestId: 'req_last', startedAt: 9_999 })]);
  const db = rawConnection(opened.dataSource);
  expect(db.prepare('SELECT count(*), min(started_at) FROM requests').raw().get()).toEqual([100, 1_901]);
  expect(sums.rowsSince).toBe(1_901);
  expect(db.prepare('SELECT DISTINCT requests FROM usage_sums WHERE span = 2').pluck().all()).toEqual([1_000]);
  await opened.close();
});
