import { Logger } from '@nestjs/common';
import type { GatewayConfig } from '../config/gateway-config.js';
import { rawConnection } from '../storage/drivers/open-sqlite.js';
import { Storage } from '../storage/storage.js';
import { aSettledRow } from '../storage/testing/a-row.js';
import { RetentionService } from './retention.service.js';

Logger.overrideLogger(false);

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 14);

let storage: Storage;
let retention: RetentionService;

const config = { promptLog: { retentionDays: 30 } } as GatewayConfig;
const db = () => rawConnection(storage.opened.dataSource);
const count = (): unknown => db().prepare('SELECT count(*) FROM requests').pluck().get();
const total = (): unknown =>
  db()
    .prepare(
      `SELECT sum(requests), sum(cost_nano_usd) FROM usage_sums JOIN usage_groups ON id = group_id WHERE span = 2 AND kind = 'all'`,
    )
    .raw()
    .get();

beforeEach(async () => {
  storage = await Storage.open({ synchronous: 'normal' });
  retention = new RetentionService(storage.opened.dataSource, storage.sums, config);
  await Promise.all(
    Array.from({ length: 700 }, (_, i) =>
      storage.writer.settle(
        aSettledRow({ requestId: `req_${i}`, startedAt: NOW - (i < 600 ? 31 : 29) * DAY + i, costNanoUsd: i }),
      ),
    ),
  );
});
afterEach(() => storage.close());

it('deletes old rows in small batches, and keeps their sums', async () => {
  const cost = (700 * 699) / 2;
  expect(await retention.sweep(NOW)).toBe(600);
  expect([count(), total()]).toEqual([100, [700, cost]]);
  expect(await retention.sweep(NOW)).toBe(0);
});

it('goes by a clock that only time moves', async () => {
  jest.useFakeTimers({
    now: Date.now() + 400 * DAY,
    doNotFake: ['performance', 'setImmediate', 'nextTick', 'queueMicrotask'],
  });
  const fresh = aSettledRow({ requestId: 'req_fresh', startedAt: Date.now() - 400 * DAY });
  const settled = storage.writer.settle(fresh);
  storage.writer.flush();
  await settled;
  const sweep = retention.sweep();
  jest.useRealTimers();
  await sweep;
  expect(storage.writer.hasRequest('req_fresh')).toBe(true);
});

it('stops when the gateway stops', async () => {
  await retention.beforeApplicationShutdown();
  expect(await retention.sweep(NOW)).toBe(0);
  expect(count()).toBe(700);
});

it('deletes nothing that is in no sum yet', async () => {
  storage.opened.ledger.addSums = () => {
    throw new Error('the store is in trouble');
  };
  expect(await retention.sweep(NOW)).toBe(0);
  expect(count()).toBe(700);
});
