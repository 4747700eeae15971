import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { THEME_CHANGED } from '../../lib/theme.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import type { UsageChart } from './chart-data.js';
import type { WordOptions } from './chart-words.js';
import { seriesAt } from './draw-columns.js';
import { plotData, plotOptions } from './plot-options.js';

export interface ChartCanvasProps {
  readonly chart: UsageChart;
  readonly window: UsageWindow;
  readonly words: WordOptions;
  readonly height: number;
  /** The bucket that is read, by pointer or keyboard. */
  readonly point: number | null;
  readonly onPoint: (index: number | null) => void;
  /** A column was clicked; the series is that under the pointer, where there is one. */
  readonly onPick: (index: number, seriesId: string | null) => void;
}

/** The picture; everything that it says is said in words by what stands around it. */
export function ChartCanvas({ chart, window, words, height, point, onPoint, onPick }: ChartCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const width = useWidth(host);
  const theme = useThemeCount();
  const listeners = useRef({ onPoint, onPick });
  useEffect(() => {
    listeners.current = { onPoint, onPick };
  }, [onPoint, onPick]);
  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) return;
    const options = plotOptions({
      chart,
      window,
      width,
      height,
      words,
      // Moving the cursor from here must not be told back as the reader's own move.
      onPoint: (index) => plot.current && isPointerInside(plot.current) && listeners.current.onPoint(index),
    });
    const made = new UPlot(options, plotData(chart, window.buckets.length), element);
    plot.current = made;
    const leave = () => listeners.current.onPoint(null);
    const pick = () => {
      const { idx, top } = made.cursor;
      if (typeof idx !== 'number') return;
      const seriesId = chart.shape === 'columns' ? seriesAt(chart, idx, made.posToVal(top ?? 0, 'y')) : null;
      listeners.current.onPick(idx, seriesId);
    };
    made.over.addEventListener('mouseleave', leave);
    made.over.addEventListener('click', pick);
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [chart, window, words, width, height, theme]);
  useEffect(() => {
    const made = plot.current;
    if (!made || isPointerInside(made)) return;
    const left = point === null ? -10 : made.valToPos(point, 'x');
    made.setCursor({ left, top: point === null ? -10 : 0 });
  }, [point]);
  return <div ref={host} style={{ height }} className="cursor-pointer" />;
}

function isPointerInside(plot: UPlot): boolean {
  return plot.over.matches(':hover');
}

function useWidth(host: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);
  return width;
}

/** Counts changes of the theme: a canvas has to be painted again in the new colours. */
function useThemeCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const again = () => setCount((before) => before + 1);
    addEventListener(THEME_CHANGED, again);
    return () => removeEventListener(THEME_CHANGED, again);
  }, []);
  return count;
}
