import fc from 'fast-check';
import { bucketSpan, usageWindow } from './usage-window.js';

const now = new Date('2026-11-24T14:03:27.512Z');

describe('usageWindow', () => {
  it('is seven UTC days with today, which still runs, when nothing is chosen', () => {
    const window = usageWindow({}, now);
    expect(window).toMatchObject({
      from: '2026-11-18T00:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
      bucket: 'day',
      running: 6,
    });
    expect(window?.buckets).toEqual([18, 19, 20, 21, 22, 23, 24].map((day) => `2026-11-${day}`));
  });

  it('compares with as much time as has passed', () => {
    expect(usageWindow({ range: '7d' }, now)?.before).toEqual({
      from: '2026-11-11T00:00:00.000Z',
      to: '2026-11-17T15:00:00.000Z',
    });
  });

  it('counts by hours up to 48 of them', () => {
    const window = usageWindow({ range: '24h' }, now);
    expect(window?.buckets).toHaveLength(24);
    expect(window?.buckets.at(-1)).toBe('2026-11-24T14:00:00Z');
    expect(usageWindow({ range: 'custom', from: '2026-11-03', to: '2026-11-04' }, now)?.bucket).toBe('hour');
    expect(usageWindow({ range: 'custom', from: '2026-11-03', to: '2026-11-05' }, now)?.bucket).toBe('day');
  });

  it('takes the last day of a custom range as a whole', () => {
    expect(usageWindow({ range: 'custom', from: '2026-11-01', to: '2026-11-03' }, now)).toMatchObject({
      to: '2026-11-04T00:00:00.000Z',
      running: -1,
    });
  });

  it.each([
    {},
    { from: 'yesterday' },
    { from: '2026-11-05', to: '2026-11-01' },
    { from: '1999-01-01', to: '2026-01-01' },
  ])('has no window for %j', (choice) => {
    expect(usageWindow({ range: 'custom', ...choice }, now)).toBeNull();
  });

  it('covers its time with buckets without a gap, and compares with a time of the same length or shorter', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('24h' as const, '7d' as const, '30d' as const, '90d' as const), (at, range) => {
        const window = usageWindow({ range }, at);
        if (!window) throw new Error('no window');
        const spans = window.buckets.map(bucketSpan);
        expect(spans[0]?.from).toBe(window.from);
        expect(spans.at(-1)?.to).toBe(window.to);
        expect(spans.slice(1).every(({ from }, index) => from === spans[index]?.to)).toBe(true);
        expect(window.running).toBe(spans.length - 1);
        expect(Date.parse(window.before.to)).toBeLessThanOrEqual(Date.parse(window.from));
      }),
    );
  });
});
