import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { memoryDriver } from './drivers/memory.driver.js';
import { rawConnection } from './drivers/open-sqlite.js';
import { sqliteDriver } from './drivers/sqlite.driver.js';
import type { SettledRow, SettledStatus } from './ledger-rows.js';
import { Storage } from './storage.js';
import { anOpenedRow, aSettledRow } from './testing/a-row.js';
import { dayStart, hourStart, monthStart } from './usage-spans.js';

// Stores that are left as by a kill still have their timers.
Logger.overrideLogger(false);

const COLUMNS = [
  'requests',
  'errors',
  'aborted',
  'unpriced_requests',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_nano_usd',
] as const;

const rows = fc.array(
  fc.record({
    startedAt: fc.integer({ min: Date.UTC(2026, 0, 30), max: Date.UTC(2026, 2, 2) }),
    keyId: fc.constantFrom('key_a', 'key_b'),
    userId: fc.constantFrom(null, 'usr_1'),
    model: fc.constantFrom('gpt-4o', 'fast', null),
    upstream: fc.constantFrom('openai', null),
    status: fc.constantFrom<SettledStatus>('ok', 'partial', 'aborted', 'failed', 'rejected', 'unknown'),
    tags: fc.constantFrom('{}', '{"team":"search"}'),
    inputTokens: fc.nat(1_000_000),
    cachedInputTokens: fc.nat(1_000),
    outputTokens: fc.nat(1_000_000),
    reasoningTokens: fc.nat(1_000),
    costNanoUsd: fc.oneof(fc.constant(null), fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
    firstEventMs: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e6, noNaN: true })),
  }),
  { maxLength: 60 },
);

function expected(all: readonly SettledRow[], startOf: (at: number) => number): Map<string, bigint[]> {
  const sums = new Map<string, bigint[]>();
  for (const row of all) {
    const key = `${startOf(row.startedAt)} ${row.keyId} ${row.userId ?? ''} ${row.model ?? ''} ${row.upstream ?? ''} ${row.status} ${row.tags}`;
    const values = [
      1,
      ['failed', 'partial', 'rejected'].includes(row.status) ? 1 : 0,
      row.status === 'aborted' ? 1 : 0,
      row.costNanoUsd === null ? 1 : 0,
      row.inputTokens,
      row.cachedInputTokens,
      row.outputTokens,
      row.reasoningTokens,
      row.costNanoUsd ?? 0,
    ].map(BigInt);
    sums.set(
      key,
      values.map((value, i) => value + (sums.get(key)?.[i] ?? 0n)),
    );
  }
  return sums;
}

function stored(storage: Storage, span: number): Map<string, bigint[]> {
  const found = rawConnection(storage.opened.dataSource)
    .prepare(
      `SELECT s.starts_at || ' ' || g.key_id || ' ' || g.user_id || ' ' || g.model || ' ' || g.upstream || ' ' ||
         g.status || ' ' || g.tags AS name, ${COLUMNS.map((column) => `s.${column}`).join(', ')}
       FROM usage_sums s JOIN usage_groups g ON g.id = s.group_id WHERE g.kind = 'whole' AND s.span = ?`,
    )
    .safeIntegers()
    .all(span) as ({ name: string } & Record<(typeof COLUMNS)[number], bigint>)[];
  return new Map(found.map((row) => [row.name, COLUMNS.map((column) => row[column])]));
}

const KINDS = ['all', 'key', 'user', 'model', 'upstream', 'status', 'tag'];

/** Every kind of groups holds every call once, at every span. */
function totalOf(storage: Storage, kind: string): unknown[] {
  const sums = COLUMNS.map((column) => `sum(s.${column})`).join(', ');
  const latencies =
    'SELECT sum(requests) FROM usage_latencies JOIN usage_groups ON id = group_id WHERE kind = ? AND span = s.span';
  return rawConnection(storage.opened.dataSource)
    .prepare(
      `SELECT s.span, min(s.starts_at), ${sums}, (${latencies}) FROM usage_sums s JOIN usage_groups g ON g.id = s.group_id
       WHERE g.kind = ? GROUP BY s.span`,
    )
    .safeIntegers()
    .raw()
    .all(kind, kind);
}

it('keeps sums that equal the rows as integers, however the rows come and wherever the process dies', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.array(fc.constantFrom('flush', 'die', 'go on'), { maxLength: 60 }),
      async (drawn, events) => {
        const opened = await memoryDriver.open({ synchronous: 'normal' });
        let storage = new Storage(opened);
        const all = drawn.map((row, i) => aSettledRow({ ...row, requestId: `req_${i}` }));
        for (const [index, row] of all.entries()) {
          await storage.writer.settle(row);
          if (events[index] === 'flush') storage.sums.flush();
          // The next process begins with the same database and nothing in memory.
          if (events[index] === 'die') storage = new Storage(opened);
        }
        storage = new Storage(opened);
        expect(stored(storage, 0)).toEqual(expected(all, hourStart));
        expect(stored(storage, 1)).toEqual(expected(all, dayStart));
        expect(stored(storage, 2)).toEqual(expected(all, monthStart));
        for (const kind of KINDS) expect(totalOf(storage, kind)).toEqual(totalOf(storage, 'whole'));
        await opened.close();
      },
    ),
    { numRuns: 40 },
  );
});

it('settles what a dead process had in flight as unknown, once, and counts it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sums-'));
  const opened = await sqliteDriver.open({ databasePath: join(folder, 'gateway.db'), synchronous: 'normal' });
  const first = new Storage(opened);
  await first.writer.open(anOpenedRow({ requestId: 'req_1' }));
  await first.writer.open(anOpenedRow({ requestId: 'req_2', userId: 'usr_1', isStream: true }));
  await first.writer.settle(aSettledRow({ requestId: 'req_1' }));
  const second = new Storage(opened);
  expect(second.leftovers).toBe(1);
  const row = rawConnection(opened.dataSource).prepare(`SELECT * FROM requests WHERE request_id = 'req_2'`).get();
  expect(row).toMatchObject({
    status: 'unknown',
    cost_nano_usd: null,
    usage_source: 'none',
    user_id: 'usr_1',
    is_stream: 1,
    attempts: 0,
  });
  expect(new Storage(opened).leftovers).toBe(0);
  expect(
    rawConnection(opened.dataSource)
      .prepare(
        'SELECT sum(requests), sum(unpriced_requests) FROM usage_sums JOIN usage_groups ON id = group_id WHERE span = 2 AND kind = ?',
      )
      .raw()
      .get('whole'),
  ).toEqual([2, 1]);
  await opened.close();
  rmSync(folder, { recursive: true });
});
