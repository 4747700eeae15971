import type { CostSums, GroupedCostRow } from '../../../../libs/contracts/costs.js';
import type { UsageGroup, UsageMetric } from '../../app/route-search.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import { groupIdOf, groupLabelOf } from './groups.js';

/** A token of the palette. */
export type SeriesColour = 'series-1' | 'series-2' | 'series-3' | 'series-4' | 'series-5' | 'series-other';

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly colour: SeriesColour;
  /** Lengths of strokes and gaps, so that lines differ without their colours. */
  readonly dash: readonly number[];
  /** One a bucket; `null` is a gap. */
  readonly values: readonly (number | null)[];
  /** Said beside a value: the count behind a share. */
  readonly notes?: readonly (string | null)[];
}

export type ChartUnit = 'USD' | 'tokens' | 'requests' | '%' | 'ms';

export interface UsageChart {
  readonly metric: UsageMetric;
  /** Columns add up and are stacked, the first series at the base; lines stand for themselves. */
  readonly shape: 'columns' | 'lines';
  readonly unit: ChartUnit;
  readonly series: readonly ChartSeries[];
}

export const OTHER = 'other';
const colours: readonly SeriesColour[] = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5'];
const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3]];

/** The groups that have a colour of their own: the five that cost most, by requests where costs are equal. */
export function topGroups(rows: readonly GroupedCostRow[], by: UsageGroup): ReadonlyMap<string | null, SeriesColour> {
  const sums = new Map<string | null, { cost: number; requests: number }>();
  for (const row of rows) {
    const id = groupIdOf(row, by);
    const { cost, requests } = sums.get(id) ?? { cost: 0, requests: 0 };
    sums.set(id, { cost: cost + row.costUsd, requests: requests + row.requests });
  }
  const ranked = [...sums].sort(([, a], [, b]) => b.cost - a.cost || b.requests - a.requests);
  return new Map(ranked.slice(0, colours.length).map(([id], index) => [id, colours[index] ?? 'series-other']));
}

/** Spend by bucket and group: the top five and the sum of all others. */
export function spendChart(
  window: UsageWindow,
  rows: readonly GroupedCostRow[],
  by: UsageGroup,
  people: ReadonlyMap<string, string>,
): UsageChart {
  const top = topGroups(rows, by);
  const labels = new Map(rows.map((row) => [groupIdOf(row, by), groupLabelOf(row, by, people)]));
  const series = [...top].map(([id, colour]): ChartSeries => {
    const own = rows.filter((row) => groupIdOf(row, by) === id);
    return { id: id ?? '', label: labels.get(id) ?? '', colour, dash: [], values: sumsOf(window, own, costOf) };
  });
  const rest = rows.filter((row) => !top.has(groupIdOf(row, by)));
  const count = new Set(rest.map((row) => groupIdOf(row, by))).size;
  const others: ChartSeries[] =
    count === 0
      ? []
      : [
          {
            id: OTHER,
            label: `Other (${count})`,
            colour: 'series-other',
            dash: [],
            values: sumsOf(window, rest, costOf),
          },
        ];
  return { metric: 'spend', shape: 'columns', unit: 'USD', series: [...series, ...others] };
}

/** Parts of the tokens that add up: cached input is a part of the input, reasoning of the output. */
export function tokensChart(window: UsageWindow, rows: readonly GroupedCostRow[]): UsageChart {
  const parts: readonly (readonly [string, (row: CostSums) => number])[] = [
    ['Uncached input', (row) => row.inputTokens - row.cachedInputTokens],
    ['Cached input', (row) => row.cachedInputTokens],
    ['Answer', (row) => row.outputTokens - row.reasoningTokens],
    ['Reasoning', (row) => row.reasoningTokens],
  ];
  const series = parts.map(([label, read], index): ChartSeries => ({
    id: label,
    label,
    colour: colours[index] ?? 'series-other',
    dash: [],
    values: sumsOf(window, rows, read),
  }));
  return { metric: 'tokens', shape: 'columns', unit: 'tokens', series };
}

/** Requests by how they ended, the most frequent ending at the base. */
export function requestsChart(window: UsageWindow, rows: readonly GroupedCostRow[]): UsageChart {
  const totals = new Map<string, number>();
  for (const { status = 'unknown', requests } of rows) totals.set(status, (totals.get(status) ?? 0) + requests);
  const series = [...totals]
    .sort(([, a], [, b]) => b - a)
    .map(([status], index): ChartSeries => ({
      id: status,
      label: status,
      colour: colours[index] ?? 'series-other',
      dash: [],
      values: sumsOf(
        window,
        rows.filter((row) => (row.status ?? 'unknown') === status),
        (row) => row.requests,
      ),
    }));
  return { metric: 'requests', shape: 'columns', unit: 'requests', series };
}

/** Share of calls that failed, broke off or were refused; a gap where there was no call. */
export function errorsChart(window: UsageWindow, rows: readonly GroupedCostRow[]): UsageChart {
  const values = window.buckets.map((bucket) => {
    const row = rowOf(rows, bucket);
    return row && row.requests > 0 ? (row.errors / row.requests) * 100 : null;
  });
  const notes = window.buckets.map((bucket) => {
    const row = rowOf(rows, bucket);
    return row && row.requests > 0 ? `${row.errors} of ${row.requests}` : null;
  });
  const series: ChartSeries = { id: 'errors', label: 'Errors', colour: 'series-1', dash: [], values, notes };
  return { metric: 'errors', shape: 'lines', unit: '%', series: [series] };
}

/** Time to the first token, median and 95th percentile. Never averaged over groups: the API sums all calls of a bucket. */
export function speedChart(window: UsageWindow, rows: readonly GroupedCostRow[]): UsageChart {
  const lines: readonly (readonly [string, (row: CostSums) => number | null | undefined])[] = [
    ['p50', (row) => row.ttftP50Ms],
    ['p95', (row) => row.ttftP95Ms],
  ];
  const series = lines.map(([label, read], index): ChartSeries => ({
    id: label,
    label,
    colour: colours[index] ?? 'series-other',
    dash: dashes[index] ?? [],
    values: window.buckets.map((bucket) => {
      const row = rowOf(rows, bucket);
      return (row && read(row)) ?? null;
    }),
  }));
  return { metric: 'speed', shape: 'lines', unit: 'ms', series };
}

/** All series of a bucket together; `null` where lines have nothing to add up. */
export function totalOf({ shape, series }: UsageChart, index: number): number | null {
  if (shape === 'lines') return null;
  return series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
}

function costOf(row: CostSums): number {
  return row.costUsd;
}

/** An empty bucket is 0 for sums. */
function sumsOf(
  window: UsageWindow,
  rows: readonly GroupedCostRow[],
  read: (row: CostSums) => number,
): readonly number[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const bucket = bucketOf(row);
    sums.set(bucket, (sums.get(bucket) ?? 0) + read(row));
  }
  return window.buckets.map((bucket) => sums.get(bucket) ?? 0);
}

function rowOf(rows: readonly GroupedCostRow[], bucket: string): GroupedCostRow | undefined {
  return rows.find((row) => bucketOf(row) === bucket);
}

export function bucketOf(row: GroupedCostRow): string {
  return row.hour ?? row.day ?? '';
}
