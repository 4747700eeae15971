import { Storage } from '../storage/storage.js';
import { aSettledRow } from '../storage/testing/a-row.js';
import { SPAN } from '../storage/usage-spans.js';
import { KeySpendingService } from './key-spending.service.js';

const NOW = Date.UTC(2026, 10, 24, 14);
const DAY = 86_400_000;

it('tells what keys and people have spent in their periods, to the last committed call', async () => {
  const storage = await Storage.open({ synchronous: 'normal' });
  const spending = new KeySpendingService(storage.opened.dataSource, storage.sums);
  const calls: [keyId: string, userId: string | null, daysAgo: number, costNanoUsd: number | null][] = [
    ['key_a', null, 0, 1],
    ['key_a', null, 0, null],
    ['key_a', null, 1, 20],
    ['key_a', null, 2, 300],
    ['key_a', null, 30, 4_000],
    ['key_b', 'usr_1', 0, 50_000],
    ['usr_1', 'usr_1', 0, 600_000],
    ['key_c', 'usr_2', 0, 7_000_000],
  ];
  await Promise.all(
    calls.map(([keyId, userId, daysAgo, costNanoUsd], i) =>
      storage.writer.settle(
        aSettledRow({ requestId: `req_${i}`, keyId, userId, costNanoUsd, startedAt: NOW - daysAgo * DAY }),
      ),
    ),
  );
  const queries = [
    { id: 'key_a', period: 'day' },
    { id: 'key_a', period: 'week' },
    { id: 'key_a', period: 'month' },
    { id: 'key_a', period: 'total' },
    { id: 'usr_1', period: 'month' },
    { id: 'key_nobody', period: 'day' },
  ] as const;
  // At once and before anything is summed in the database, as the budgets ask; then again after it was.
  const all = (): number[] => [
    storage.sums.costSince('key', 'key_a', SPAN.month, 0),
    storage.sums.costSince('user', 'usr_1', SPAN.day, NOW - (NOW % DAY)),
  ];
  expect(all()).toEqual([4_321, 650_000]);
  const found = await spending.spendingOf(queries, NOW);
  // A Tuesday: its week began yesterday.
  expect(found.map(({ spentNanoUsd }) => spentNanoUsd)).toEqual([1, 21, 321, 4_321, 650_000, 0]);
  expect(found.map(({ resetsAt }) => resetsAt?.toISOString() ?? null)).toEqual([
    '2026-11-25T00:00:00.000Z',
    '2026-11-30T00:00:00.000Z',
    '2026-12-01T00:00:00.000Z',
    null,
    '2026-12-01T00:00:00.000Z',
    '2026-11-25T00:00:00.000Z',
  ]);
  expect(await spending.spendingOf([])).toEqual([]);
  expect(all()).toEqual([4_321, 650_000]);
  await storage.close();
});
