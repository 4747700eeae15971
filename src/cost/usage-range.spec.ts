import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '../storage/usage-spans.js';
import { coverRange, END_OF_TIME, toWholeHours } from './usage-range.js';

const at = fc.integer({ min: Date.UTC(2025, 10, 20), max: Date.UTC(2026, 3, 10) });
const finest = fc.constantFrom('hour' as const, 'day' as const, 'month' as const);

it('covers every moment of a range once, with whole spans and what they leave', () => {
  fc.assert(
    fc.property(at, at, finest, (one, other, longest) => {
      const range = { from: Math.min(one, other), to: Math.max(one, other) };
      const { spans, edges } = coverRange(range, longest);
      const parts = [...spans, ...edges].sort((a, b) => a.from - b.from);
      let reached = range.from;
      for (const { from, to } of parts) {
        expect(from).toBe(reached);
        reached = to;
      }
      expect(reached).toBe(range.to);
      for (const { span, from, to } of spans) {
        expect([from % HOUR_MS, to % HOUR_MS]).toEqual([0, 0]);
        if (span > 0) expect([from % DAY_MS, to % DAY_MS]).toEqual([0, 0]);
        if (span === 2) expect([new Date(from).getUTCDate(), new Date(to).getUTCDate()]).toEqual([1, 1]);
      }
      for (const { from, to } of edges) expect(to - from).toBeLessThan(HOUR_MS);
    }),
  );
});

it('takes the longest spans that may be taken', () => {
  const range = { from: Date.UTC(2026, 0, 15, 6), to: Date.UTC(2026, 3, 2, 1) };
  expect(coverRange(range, 'month').spans.map(({ span }) => span)).toEqual([0, 1, 2, 1, 0]);
  expect(coverRange(range, 'day').spans.map(({ span }) => span)).toEqual([0, 1, 0]);
  expect(coverRange(range, 'hour').spans.map(({ span }) => span)).toEqual([0]);
});

it('covers all time with months alone', () => {
  const { spans, edges } = coverRange({ from: 0, to: END_OF_TIME }, 'month');
  expect(spans.filter(({ span }) => span === 2)).toHaveLength(1);
  expect(edges.length).toBeLessThanOrEqual(1);
});

it('has nothing for a range that is empty', () => {
  expect(coverRange({ from: 5, to: 5 }, 'month')).toEqual({ spans: [], edges: [] });
});

it('widens to whole hours', () => {
  const noon = Date.UTC(2026, 5, 1, 12);
  expect(toWholeHours({ from: noon + 1, to: noon + HOUR_MS + 1 })).toEqual({ from: noon, to: noon + 2 * HOUR_MS });
  expect(toWholeHours({ from: noon, to: noon + HOUR_MS })).toEqual({ from: noon, to: noon + HOUR_MS });
});
