import type { CostSums, GroupedCostRow } from '../../../../libs/contracts/costs.js';
import { usageWindow, type UsageWindow } from '../../lib/usage-window.js';
import { errorsChart, requestsChart, speedChart, spendChart, tokensChart, topGroups, totalOf } from './chart-data.js';

const nothing: CostSums = {
  requests: 1,
  errors: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  costUsd: 0,
  unpricedRequests: 0,
  firstUsedAt: null,
  lastUsedAt: null,
};
const aRow = (row: Partial<GroupedCostRow>): GroupedCostRow => ({ ...nothing, ...row });

function threeDays(): UsageWindow {
  const window = usageWindow(
    { range: 'custom', from: '2026-11-22', to: '2026-11-24' },
    new Date('2026-11-24T09:00:00Z'),
  );
  if (!window) throw new Error('no window');
  return window;
}

describe('spendChart', () => {
  it('stacks the five groups that cost most, the dearest first, and sums up the rest', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((model, index) =>
      aRow({ day: '2026-11-23', model, costUsd: index + 1 }),
    );
    const chart = spendChart(threeDays(), rows, 'model', new Map());
    expect(chart.series.map(({ label }) => label)).toEqual(['g', 'f', 'e', 'd', 'c', 'Other (2)']);
    expect(chart.series.at(-1)?.values).toEqual([0, 3, 0]);
    expect(totalOf(chart, 1)).toBe(28);
  });

  it('keeps calls without a group, so that the parts add up', () => {
    const chart = spendChart(threeDays(), [aRow({ day: '2026-11-24', user: null, costUsd: 2 })], 'user', new Map());
    expect(chart.series[0]).toMatchObject({ label: 'No person', values: [0, 0, 2] });
  });

  it('ranks by requests where nothing costs anything', () => {
    const rows = [aRow({ model: 'demo', requests: 2 }), aRow({ model: 'llama3:8b', requests: 9 })];
    expect([...topGroups(rows, 'model').keys()]).toEqual(['llama3:8b', 'demo']);
  });
});

describe('tokensChart', () => {
  it('cuts tokens into parts that add up', () => {
    const row = aRow({
      day: '2026-11-22',
      inputTokens: 100,
      cachedInputTokens: 60,
      outputTokens: 50,
      reasoningTokens: 20,
    });
    const chart = tokensChart(threeDays(), [row]);
    expect(chart.series.map(({ values }) => values[0])).toEqual([40, 60, 30, 20]);
    expect(totalOf(chart, 0)).toBe(150);
  });
});

describe('requestsChart', () => {
  it('puts the most frequent ending at the base', () => {
    const rows = [
      aRow({ day: '2026-11-22', status: 'failed', requests: 2 }),
      aRow({ day: '2026-11-23', status: 'ok', requests: 9 }),
    ];
    expect(requestsChart(threeDays(), rows).series.map(({ label }) => label)).toEqual(['ok', 'failed']);
  });
});

describe('errorsChart and speedChart', () => {
  it('leave a gap where there was nothing to measure', () => {
    const rows = [aRow({ day: '2026-11-23', requests: 4, errors: 1, ttftP50Ms: 200, ttftP95Ms: null })];
    expect(errorsChart(threeDays(), rows).series[0]?.values).toEqual([null, 25, null]);
    const [p50, p95] = speedChart(threeDays(), rows).series;
    expect(p50?.values).toEqual([null, 200, null]);
    expect(p95?.values).toEqual([null, null, null]);
    expect(p50?.dash).not.toEqual(p95?.dash);
  });
});
