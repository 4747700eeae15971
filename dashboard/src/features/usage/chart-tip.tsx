import type { UsageWindow } from '../../lib/usage-window.js';
import { totalOf, type UsageChart } from './chart-data.js';
import { bucketLabel, formatValue, type WordOptions } from './chart-words.js';
import { Swatch } from './swatch.js';

interface ChartTipProps {
  readonly chart: UsageChart;
  readonly window: UsageWindow;
  readonly index: number;
  readonly words: WordOptions;
}

/** What stands at a point, beside the pointer; it never covers the column that it speaks of. */
export function ChartTip({ chart, window, index, words }: ChartTipProps) {
  const total = totalOf(chart, index);
  const isLeftHalf = index < window.buckets.length / 2;
  const shown = [...chart.series].reverse().filter(({ values }) => chart.shape === 'lines' || (values[index] ?? 0) > 0);
  return (
    <div
      aria-hidden
      className={`pointer-events-none absolute top-0 z-10 max-w-72 rounded-control border border-line bg-surface p-2 text-meta shadow-high ${isLeftHalf ? 'right-2' : 'left-16'}`}
    >
      <p className="font-semibold">
        {bucketLabel(window.buckets[index] ?? '', words)}
        {window.bucket === 'day' ? ' UTC' : ''}
        {index === window.running && ', so far'}
      </p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {shown.map((series) => {
          const value = series.values[index] ?? null;
          return (
            <li key={series.id} className="flex items-center gap-2">
              <Swatch colour={series.colour} dash={chart.shape === 'lines' ? series.dash : null} />
              <span className="min-w-0 flex-1 truncate">{series.label}</span>
              <span className="figures">
                {value === null ? 'not measured' : formatValue(chart.unit, value)}
                {series.notes?.[index] && <span className="text-ink-2"> · {series.notes[index]}</span>}
              </span>
            </li>
          );
        })}
      </ul>
      {total !== null && (
        <p className="mt-1 flex justify-between border-t border-line pt-1">
          Total <span className="figures">{formatValue(chart.unit, total)}</span>
        </p>
      )}
    </div>
  );
}
