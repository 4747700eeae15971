import { usageWindow, type UsageWindow } from '../../lib/usage-window.js';
import type { UsageChart } from './chart-data.js';
import { axisLabel, bucketLabel, formatTick, pointWords, summaryWords } from './chart-words.js';
import { scaleTo } from './scale.js';

const now = new Date('2026-11-24T14:03:27Z');
const options = { locale: 'en-GB', timeZone: 'Europe/Berlin', now };

function window(range: '24h' | '7d'): UsageWindow {
  const found = usageWindow({ range }, now);
  if (!found) throw new Error('no window');
  return found;
}

const spend: UsageChart = {
  metric: 'spend',
  shape: 'columns',
  unit: 'USD',
  series: [
    { id: 'a', label: 'gpt-4o', colour: 'series-1', dash: [], values: [0, 1, 2, 3, 2, 1, 0.5] },
    { id: 'b', label: 'claude', colour: 'series-2', dash: [], values: [0, 0, 0, 1, 0, 0, 0.25] },
  ],
};

const speed: UsageChart = {
  metric: 'speed',
  shape: 'lines',
  unit: 'ms',
  series: [
    { id: 'p50', label: 'p50', colour: 'series-1', dash: [], values: [null, 200, 210, 400, 190, 180, 200] },
    { id: 'p95', label: 'p95', colour: 'series-2', dash: [], values: [null, null, null, null, null, null, null] },
  ],
};

describe('summaryWords', () => {
  it('says the sum with what is unpriced, the highest and the running day', () => {
    expect(summaryWords(spend, window('7d'), 37, options)).toBe(
      'Spend over 7 UTC days: $10.75 + 37 unpriced. Most on 21 Nov, $4.00; today so far $0.7500.',
    );
  });

  it('says from where to where lines go, and what was not measured', () => {
    expect(summaryWords(speed, window('7d'), 0, options)).toBe(
      'First token over 7 UTC days: p50 from 180 ms to 400 ms, highest on 21 Nov; p95 was not measured.',
    );
  });
});

describe('pointWords', () => {
  it('reads a column with its parts', () => {
    expect(pointWords(spend, window('7d'), 6, options)).toBe('24 Nov, so far: $0.7500; gpt-4o $0.5000; claude $0.2500');
  });

  it('reads a gap as not measured', () => {
    expect(pointWords(speed, window('7d'), 0, options)).toBe('18 Nov: p50 not measured; p95 not measured');
  });
});

describe('labels', () => {
  it('names UTC days and local hours', () => {
    expect(bucketLabel('2026-11-24', options)).toBe('24 Nov');
    expect(bucketLabel('2026-11-24T13:00:00Z', options)).toBe('14:00');
    expect(bucketLabel('2026-11-23T20:00:00Z', options)).toBe('23 Nov 21:00');
    expect(axisLabel('2026-11-23T20:00:00Z', options)).toBe('21:00');
  });

  it.each([
    ['USD', 40, '30', 'USD 40'],
    ['USD', 0.004, '0.003', 'USD 0.004'],
    ['USD', 10, '7.5', 'USD 10.0'],
    ['tokens', 4_000_000, '3M', '4M tokens'],
    ['%', 2, '1.5', '2.0 %'],
    ['ms', 800, '600', '800 ms'],
  ] as const)('puts the unit %s at the top of a scale to %d', (unit, max, below, top) => {
    const scale = scaleTo(max);
    expect(formatTick(unit, scale.ticks.at(-2) ?? 0, scale, 'en-US')).toBe(below);
    expect(formatTick(unit, scale.ticks.at(-1) ?? 0, scale, 'en-US')).toBe(top);
  });
});
