import { Link } from '@tanstack/react-router';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { formatCount, formatShare } from '../../lib/figures.js';
import { formatUsdColumn } from '../../lib/money.js';
import { usePreferences } from '../../lib/preferences.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import { totalOf, type ChartUnit, type UsageChart } from './chart-data.js';
import { bucketLabel, metricNames } from './chart-words.js';
import type { RowsLink } from './rows-link.js';
import { Swatch } from './swatch.js';

interface ChartTableProps {
  readonly chart: UsageChart;
  readonly window: UsageWindow;
  readonly linkTo: RowsLink;
}

/** The chart as a table: one row a bucket, the newest first. */
export function ChartTable({ chart, window, linkTo }: ChartTableProps) {
  const { clock } = usePreferences();
  const hasTotal = chart.shape === 'columns' && chart.series.length > 1;
  return (
    <TableFrame label={`${metricNames[chart.metric]} over time`}>
      <thead>
        <tr>
          <HeadCell>{window.bucket === 'day' ? 'UTC day' : clock === 'utc' ? 'Hour, UTC' : 'Hour, local'}</HeadCell>
          {hasTotal && <HeadCell align="right">All, {chart.unit}</HeadCell>}
          {chart.series.map((series) => (
            <HeadCell key={series.id} align="right">
              <span className="inline-flex items-center gap-1.5">
                <Swatch colour={series.colour} dash={chart.shape === 'lines' ? series.dash : null} />
                {series.label}, {chart.unit}
              </span>
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {window.buckets
          .map((bucket, index) => (
            <tr key={bucket} className="border-b border-line last:border-0 hover:bg-hover">
              <Cell>
                <Link
                  to="/requests"
                  search={linkTo(bucket, undefined) ?? {}}
                  className="text-accent-text hover:underline"
                >
                  {bucketLabel(bucket, { clock })}
                </Link>
                {index === window.running && <span className="text-ink-2"> so far</span>}
              </Cell>
              {hasTotal && <Cell align="right">{figure(chart.unit, totalOf(chart, index))}</Cell>}
              {chart.series.map(({ id, values, notes }) => (
                <Cell key={id} align="right">
                  {figure(chart.unit, values[index] ?? null)}
                  {notes?.[index] && <span className="text-ink-2"> ({notes[index]})</span>}
                </Cell>
              ))}
            </tr>
          ))
          .reverse()}
      </tbody>
    </TableFrame>
  );
}

/** Without its unit, which the head of the column has. */
function figure(unit: ChartUnit, value: number | null): string {
  if (value === null) return '–';
  if (unit === 'USD') return formatUsdColumn(value);
  return unit === '%' ? formatShare(value / 100).replace(' %', '') : formatCount(value);
}
