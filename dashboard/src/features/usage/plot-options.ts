import type uPlot from 'uplot';
import { readToken } from '../../lib/theme.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import type { UsageChart } from './chart-data.js';
import { axisLabel, formatTick, type WordOptions } from './chart-words.js';
import { drawColumns } from './draw-columns.js';
import { labelledBuckets, scaleTo } from './scale.js';

const LABEL_PX = 64;
const AXIS_FONT = '12px system-ui, sans-serif';
/** Room for two digits more than the widest label, so that the plot does not move when figures grow. */
const CHARACTER_PX = 7;

interface PlotInput {
  readonly chart: UsageChart;
  readonly window: UsageWindow;
  readonly width: number;
  readonly height: number;
  readonly words: WordOptions;
  readonly onPoint: (index: number | null) => void;
}

/** The highest value of a bucket: of a stack its sum, of lines the highest of them. */
export function highestOf({ shape, series }: UsageChart, count: number): number {
  let highest = 0;
  for (let index = 0; index < count; index++) {
    const values = series.map((one) => one.values[index] ?? 0);
    const value = shape === 'columns' ? values.reduce((sum, part) => sum + part, 0) : Math.max(0, ...values);
    highest = Math.max(highest, value);
  }
  return highest;
}

export function plotData({ series }: UsageChart, count: number): uPlot.AlignedData {
  return [Array.from({ length: count }, (_, index) => index), ...series.map(({ values }) => [...values])];
}

/** Axes, scales and series in the colours of the moment. */
export function plotOptions({ chart, window, width, height, words, onPoint }: PlotInput): uPlot.Options {
  const count = window.buckets.length;
  const scale = scaleTo(highestOf(chart, count));
  const labels = scale.ticks.map((tick) => formatTick(chart.unit, tick, scale, words.locale));
  const axisPx = Math.max(...labels.map((label) => label.length)) * CHARACTER_PX + 12;
  const named = labelledBuckets(count, Math.floor((width - axisPx) / LABEL_PX));
  const axis = { stroke: readToken('text-2'), font: AXIS_FONT, ticks: { show: false }, border: { show: false } };
  const isColumns = chart.shape === 'columns';
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { show: !isColumns } },
    scales: { x: { time: false, range: () => [-0.5, count - 0.5] }, y: { range: () => [0, scale.max] } },
    axes: [
      {
        ...axis,
        size: 28,
        gap: 6,
        grid: { show: false },
        splits: () => [...named],
        values: (_, splits) => splits.map((index) => axisLabel(window.buckets[index] ?? '', words)),
      },
      {
        ...axis,
        size: axisPx,
        gap: 6,
        grid: { stroke: readToken('line'), width: 1 },
        splits: () => [...scale.ticks],
        values: () => labels,
      },
    ],
    series: [
      {},
      ...chart.series.map(({ label, colour, dash }): uPlot.Series => {
        if (isColumns) return { label, paths: () => null, points: { show: false } };
        const stroke = readToken(colour);
        return {
          label,
          stroke,
          width: 2,
          dash: [...dash],
          spanGaps: false,
          points: { show: true, size: 5, stroke, fill: readToken('surface') },
        };
      }),
    ],
    hooks: {
      draw: isColumns ? [(plot) => drawColumns(plot, chart, window.running)] : [],
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)],
    },
  };
}
