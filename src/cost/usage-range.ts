import { DAY_MS, dayStart, HOUR_MS, hourStart, monthStart, nextMonthStart, SPAN } from '../storage/usage-spans.js';

/** Half open: `from` is inside, `to` is not. ms since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface SpanRange extends TimeRange {
  /** A value of `SPAN`. */
  readonly span: number;
}

/** A range as stored sums, and what of hours it cuts, which only the rows can tell. */
export interface CoveredRange {
  readonly spans: readonly SpanRange[];
  readonly edges: readonly TimeRange[];
}

/** The longest time that a date can hold. */
export const END_OF_TIME = 8.64e15;

/**
 * Covers a range with the fewest stored sums.
 * @param finest the longest span that may be used: `hour` where the sums are asked by hour
 */
export function coverRange({ from, to }: TimeRange, finest: 'hour' | 'day' | 'month'): CoveredRange {
  const hours = { from: ceil(from, hourStart, nextHour), to: hourStart(to) };
  if (from >= to) return { spans: [], edges: [] };
  if (hours.from > hours.to) return { spans: [], edges: [{ from, to }] };
  const edges = [
    { from, to: hours.from },
    { from: hours.to, to },
  ];
  return { spans: coverHours(hours, finest).filter(isFilled), edges: edges.filter(isFilled) };
}

function coverHours(hours: TimeRange, finest: 'hour' | 'day' | 'month'): readonly SpanRange[] {
  const days = { from: ceil(hours.from, dayStart, nextDay), to: dayStart(hours.to) };
  if (finest === 'hour' || days.from >= days.to) return [{ span: SPAN.hour, ...hours }];
  return [
    { span: SPAN.hour, from: hours.from, to: days.from },
    ...coverDays(days, finest),
    { span: SPAN.hour, from: days.to, to: hours.to },
  ];
}

function coverDays(days: TimeRange, finest: 'day' | 'month'): readonly SpanRange[] {
  const months = { from: ceil(days.from, monthStart, nextMonthStart), to: monthStart(days.to) };
  if (finest === 'day' || months.from >= months.to) return [{ span: SPAN.day, ...days }];
  return [
    { span: SPAN.day, from: days.from, to: months.from },
    { span: SPAN.month, ...months },
    { span: SPAN.day, from: months.to, to: days.to },
  ];
}

/** The range widened to whole hours. */
export function toWholeHours({ from, to }: TimeRange): TimeRange {
  return { from: hourStart(from), to: ceil(to, hourStart, nextHour) };
}

function isFilled({ from, to }: TimeRange): boolean {
  return from < to;
}

function ceil(at: number, startOf: (at: number) => number, next: (at: number) => number): number {
  const start = startOf(at);
  return start === at ? at : next(at);
}

function nextHour(at: number): number {
  return hourStart(at) + HOUR_MS;
}

function nextDay(at: number): number {
  return dayStart(at) + DAY_MS;
}
