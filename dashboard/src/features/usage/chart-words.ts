import { formatDate, formatMinute, type Clock } from '../../lib/clock.js';
import { formatCompact, formatCount, formatShare, plural } from '../../lib/figures.js';
import { formatUsd, formatUsdSum } from '../../lib/money.js';
import type { UsageMetric } from '../../app/route-search.js';
import { isDay, type UsageWindow } from '../../lib/usage-window.js';
import { totalOf, type ChartUnit, type UsageChart } from './chart-data.js';
import type { Scale } from './scale.js';

export interface WordOptions {
  readonly clock?: Clock;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly now?: Date;
}

export const metricNames: Readonly<Record<UsageMetric, string>> = {
  spend: 'Spend',
  tokens: 'Tokens',
  requests: 'Requests',
  errors: 'Errors',
  speed: 'First token',
};

/** A value with its unit. */
export function formatValue(unit: ChartUnit, value: number, locale?: string): string {
  switch (unit) {
    case 'USD':
      return formatUsd(value, locale);
    case 'tokens':
      return plural(value, 'token', undefined, locale);
    case 'requests':
      return plural(value, 'request', undefined, locale);
    case '%':
      return formatShare(value / 100, locale);
    case 'ms':
      return `${formatCount(value, locale)} ms`;
  }
}

/** What stands at a line of the scale; the unit stands at the top one. */
export function formatTick(unit: ChartUnit, value: number, { ticks }: Scale, locale?: string): string {
  const step = ticks[1] ?? 1;
  const places = Math.min(9, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  // A step of 2.5 or 0.25 needs one place more than its power of ten.
  const digits = Number((step * 10 ** places).toFixed(6)) % 1 === 0 ? places : places + 1;
  const figure =
    value === 0
      ? '0'
      : step >= 1000
        ? formatCompact(value, locale)
        : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (ticks.length > 1 && value !== ticks.at(-1)) return figure;
  return unit === '%' || unit === 'ms' || unit === 'tokens' || unit === 'requests'
    ? `${figure} ${unit}`
    : `${unit} ${figure}`;
}

/** `24 Nov` for a UTC day, `14:00` on the reader's clock for an hour, with the day where that is not today. */
export function bucketLabel(bucket: string, options: WordOptions = {}): string {
  return isDay(bucket) ? formatDate(bucket, { ...options, clock: 'utc' }) : formatMinute(bucket, options);
}

/** `14:00` without its day, for the axis. */
export function axisLabel(bucket: string, options: WordOptions = {}): string {
  return isDay(bucket) ? bucketLabel(bucket, options) : bucketLabel(bucket, { ...options, now: new Date(bucket) });
}

/** One bucket in words: what a screen reader hears at a point, and what the tip says. */
export function pointWords(chart: UsageChart, window: UsageWindow, index: number, options: WordOptions = {}): string {
  const bucket = window.buckets[index] ?? '';
  const total = totalOf(chart, index);
  const parts = chart.series
    .map(({ label, values, notes }) => ({ label, value: values[index] ?? null, note: notes?.[index] ?? null }))
    .filter(({ value }) => chart.shape === 'lines' || (value !== null && value > 0))
    .map(({ label, value, note }) => {
      const said = value === null ? 'not measured' : formatValue(chart.unit, value, options.locale);
      return `${label} ${said}${note ? ` (${note})` : ''}`;
    });
  const sum = total === null ? [] : [formatValue(chart.unit, total, options.locale)];
  const isRunning = index === window.running;
  return `${bucketLabel(bucket, options)}${isRunning ? ', so far' : ''}: ${[...sum, ...parts].join('; ')}`;
}

/** The chart in one sentence or two. */
export function summaryWords(
  chart: UsageChart,
  window: UsageWindow,
  unpriced: number,
  options: WordOptions = {},
): string {
  const unit = window.bucket === 'day' ? 'UTC day' : 'hour';
  const span = plural(window.buckets.length, unit, undefined, options.locale);
  const name = metricNames[chart.metric];
  return chart.shape === 'lines'
    ? `${name} over ${span}: ${lineWords(chart, window, options)}`
    : `${name} over ${span}: ${columnWords(chart, window, unpriced, options)}`;
}

function columnWords(chart: UsageChart, window: UsageWindow, unpriced: number, options: WordOptions): string {
  const totals = window.buckets.map((_, index) => totalOf(chart, index) ?? 0);
  const sum = totals.reduce((all, value) => all + value, 0);
  const whole =
    chart.unit === 'USD' ? formatUsdSum(sum, unpriced, options.locale) : formatValue(chart.unit, sum, options.locale);
  const highest = Math.max(...totals);
  if (highest <= 0) return `${whole}.`;
  const at = totals.indexOf(highest);
  const so = window.running === -1 || window.running === at ? '' : `; ${runningWords(chart, window, totals, options)}`;
  const preposition = window.bucket === 'day' ? 'on' : 'at';
  return `${whole}. Most ${preposition} ${bucketLabel(window.buckets[at] ?? '', options)}, ${formatValue(chart.unit, highest, options.locale)}${so}.`;
}

function runningWords(chart: UsageChart, window: UsageWindow, totals: readonly number[], options: WordOptions): string {
  const value = formatValue(chart.unit, totals[window.running] ?? 0, options.locale);
  return `${window.bucket === 'day' ? 'today' : 'this hour'} so far ${value}`;
}

function lineWords(chart: UsageChart, window: UsageWindow, options: WordOptions): string {
  const said = chart.series.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${label} was not measured`;
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const at = bucketLabel(window.buckets[values.indexOf(high)] ?? '', options);
    const name = chart.series.length > 1 ? `${label} ` : '';
    const [from, to] = [formatValue(chart.unit, low, options.locale), formatValue(chart.unit, high, options.locale)];
    return low === high
      ? `${name}${to}`
      : `${name}from ${from} to ${to}, highest ${window.bucket === 'day' ? 'on' : 'at'} ${at}`;
  });
  return `${said.join('; ')}.`;
}
