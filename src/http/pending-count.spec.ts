import { PendingCount } from './pending-count.js';

describe('PendingCount', () => {
  it('resolves at once when nothing is under way', async () => {
    await expect(new PendingCount().whenNone()).resolves.toBeUndefined();
  });

  it('tells everybody who waits when the last one ends, and not before', async () => {
    const pending = new PendingCount();
    const told: string[] = [];
    pending.begin();
    pending.begin();
    const waits = ['first', 'second'].map((name) => pending.whenNone().then(() => told.push(name)));
    pending.end();
    await Promise.resolve();
    expect([pending.count, told]).toEqual([1, []]);
    pending.end();
    await Promise.all(waits);
    expect([pending.count, told]).toEqual([0, ['first', 'second']]);
  });
});
