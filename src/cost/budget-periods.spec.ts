import fc from 'fast-check';
import { runningPeriod } from './budget-periods.js';

const utc = (text: string): number => Date.parse(`${text}Z`);

it.each([
  ['day', '2026-11-24T14:03:27', '2026-11-24T00:00:00', '2026-11-25T00:00:00'],
  ['week', '2026-11-24T14:03:27', '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
  ['week', '2026-11-23T00:00:00', '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
  ['week', '2026-11-29T23:59:59', '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
  ['month', '2026-12-31T23:59:59', '2026-12-01T00:00:00', '2027-01-01T00:00:00'],
  ['month', '2028-02-29T12:00:00', '2028-02-01T00:00:00', '2028-03-01T00:00:00'],
] as const)('a %s at %s runs from %s to %s', (period, now, from, resetsAt) => {
  expect(runningPeriod(period, utc(now))).toEqual({ from: utc(from), resetsAt: utc(resetsAt) });
});

it('never ends in total', () => {
  expect(runningPeriod('total', utc('2026-11-24T14:03:27'))).toEqual({ from: 0, resetsAt: null });
});

it('holds every moment in exactly one period', () => {
  const at = fc.integer({ min: utc('2020-01-01T00:00:00'), max: utc('2040-01-01T00:00:00') });
  fc.assert(
    fc.property(at, fc.constantFrom('day' as const, 'week' as const, 'month' as const), (now, period) => {
      const { from, resetsAt } = runningPeriod(period, now);
      expect(from).toBeLessThanOrEqual(now);
      expect(resetsAt).toBeGreaterThan(now);
      expect(runningPeriod(period, Number(resetsAt)).from).toBe(resetsAt);
      expect(runningPeriod(period, from - 1).resetsAt).toBe(from);
    }),
  );
});
