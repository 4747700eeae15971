import { lazy, Suspense, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { ErrorBoundary } from '../../components/error-boundary.js';
import { usePreferences } from '../../lib/preferences.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import type { UsageChart as ChartData } from './chart-data.js';
import { metricNames, pointWords, summaryWords } from './chart-words.js';
import { ChartTip } from './chart-tip.js';
import { Swatch } from './swatch.js';

const ChartCanvas = lazy(async () => ({ default: (await import('./chart-canvas.js')).ChartCanvas }));

const HEIGHT_PX = 240;

interface UsageChartProps {
  readonly chart: ChartData;
  readonly window: UsageWindow;
  readonly unpriced: number;
  /** Opens the rows of a bucket, and of a group where one was meant. */
  readonly onPick: (index: number, seriesId: string | null) => void;
}

/** The chart with its words: one sentence, a tip at the pointer, and each point by ← and →. */
export function UsageChart({ chart, window, unpriced, onPick }: UsageChartProps) {
  const hintId = useId();
  const { clock } = usePreferences();
  const words = useMemo(() => ({ clock }), [clock]);
  const [point, setPoint] = useState<number | null>(null);
  const last = window.buckets.length - 1;
  const read = point ?? last;
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowLeft: read - 1, ArrowRight: point === null ? last : read + 1, Home: 0, End: last }[event.key];
    if (event.key === 'Enter' && point !== null) onPick(point, null);
    else if (event.key === 'Escape') setPoint(null);
    else if (target !== undefined) setPoint(Math.max(0, Math.min(last, target)));
    else return;
    event.preventDefault();
  };
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="max-w-[72ch] text-control text-ink-2">
        {summaryWords(chart, window, unpriced, words)}
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${metricNames[chart.metric]}, point by point`}
        aria-describedby={hintId}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={read}
        aria-valuetext={pointWords(chart, window, read, words)}
        onKeyDown={onKeyDown}
        onBlur={() => setPoint(null)}
        className="relative rounded-control"
      >
        <ErrorBoundary resetKey={chart.metric}>
          <Suspense fallback={<div style={{ height: HEIGHT_PX }} />}>
            <ChartCanvas
              chart={chart}
              window={window}
              words={words}
              height={HEIGHT_PX}
              point={point}
              onPoint={setPoint}
              onPick={onPick}
            />
          </Suspense>
        </ErrorBoundary>
        {point !== null && <ChartTip chart={chart} window={window} index={point} words={words} />}
      </div>
      <span id={hintId} className="sr-only">
        Arrow keys read the points, Enter opens the calls of a point.
      </span>
      <Legend chart={chart} hasRunning={chart.shape === 'columns' && window.running !== -1} bucket={window.bucket} />
    </figure>
  );
}

function Legend({
  chart,
  hasRunning,
  bucket,
}: {
  readonly chart: ChartData;
  readonly hasRunning: boolean;
  readonly bucket: 'hour' | 'day';
}) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-meta text-ink-2">
      {chart.series.map((series) => (
        <li key={series.id} className="flex min-w-0 items-center gap-1.5">
          <Swatch colour={series.colour} dash={chart.shape === 'lines' ? series.dash : null} />
          <span className="truncate">{series.label}</span>
        </li>
      ))}
      {hasRunning && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="hatched size-3 rounded-[2px] bg-ink-3" />
          {bucket === 'day' ? 'today' : 'this hour'}, so far
        </li>
      )}
    </ul>
  );
}
