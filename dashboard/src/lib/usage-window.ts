const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to here buckets are hours, shown on the reader's own clock; beyond, they are UTC days, as budgets are. */
const LONGEST_HOURLY_MS = 48 * HOUR_MS;
const MOST_DAYS = 400;

export type RangeName = '24h' | '7d' | '30d' | '90d' | 'custom';

/** The time that figures are about, cut into buckets. */
export interface UsageWindow {
  /** First moment, ISO UTC. */
  readonly from: string;
  /** End; itself outside. */
  readonly to: string;
  readonly bucket: 'hour' | 'day';
  /** Names of the buckets as the API has them: `2026-11-24`, `2026-11-24T14:00:00Z`. */
  readonly buckets: readonly string[];
  /** The bucket that is still running, or -1. */
  readonly running: number;
  /** As long a time just before, ended as early as the running bucket is now. */
  readonly before: { readonly from: string; readonly to: string };
}

export interface RangeChoice {
  readonly range?: RangeName | undefined;
  /** `YYYY-MM-DD` or an ISO time, with `custom`. */
  readonly from?: string | undefined;
  /** A day is meant as a whole. */
  readonly to?: string | undefined;
}

const DAYS: Readonly<Record<Exclude<RangeName, '24h' | 'custom'>, number>> = { '7d': 7, '30d': 30, '90d': 90 };

/** The window of a choice; `null` when a custom one says nothing that can be shown. */
export function usageWindow({ range = '7d', from, to }: RangeChoice, now: Date): UsageWindow | null {
  const nowMs = now.getTime();
  if (range === 'custom') return customWindow(from, to, nowMs);
  if (range === '24h') {
    const end = floorTo(nowMs, HOUR_MS) + HOUR_MS;
    return windowOf(end - DAY_MS, end, nowMs);
  }
  const end = floorTo(nowMs, DAY_MS) + DAY_MS;
  return windowOf(end - DAYS[range] * DAY_MS, end, nowMs, 'day');
}

function customWindow(from: string | undefined, to: string | undefined, nowMs: number): UsageWindow | null {
  const start = from === undefined ? Number.NaN : Date.parse(from);
  const last = to === undefined ? nowMs : Date.parse(to);
  const end = to !== undefined && isDay(to) ? last + DAY_MS : last;
  if (!(start < end) || end - start > MOST_DAYS * DAY_MS) return null;
  return windowOf(start, end, nowMs);
}

function windowOf(
  from: number,
  to: number,
  nowMs: number,
  bucket: 'hour' | 'day' = to - from <= LONGEST_HOURLY_MS ? 'hour' : 'day',
): UsageWindow {
  const spanMs = bucket === 'hour' ? HOUR_MS : DAY_MS;
  const starts: number[] = [];
  for (let at = floorTo(from, spanMs); at < to; at += spanMs) starts.push(at);
  // Compared is what had passed by now, to the hour: a day half gone is not measured against a whole one.
  const passed = Math.min(to, floorTo(nowMs, HOUR_MS) + HOUR_MS);
  return {
    from: iso(from),
    to: iso(to),
    bucket,
    buckets: starts.map((at) => bucketName(at, bucket)),
    running: starts.findIndex((at) => at <= nowMs && nowMs < at + spanMs),
    before: { from: iso(from - (to - from)), to: iso(Math.max(from - (to - from), passed - (to - from))) },
  };
}

/** First moment and end of a bucket, ISO UTC. */
export function bucketSpan(bucket: string): { readonly from: string; readonly to: string } {
  const at = Date.parse(bucket);
  return { from: iso(at), to: iso(at + (isDay(bucket) ? DAY_MS : HOUR_MS)) };
}

/** Whether a text names a day: `2026-11-24`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function bucketName(at: number, bucket: 'hour' | 'day'): string {
  return bucket === 'day' ? iso(at).slice(0, 10) : `${iso(at).slice(0, 13)}:00:00Z`;
}

function floorTo(ms: number, spanMs: number): number {
  return Math.floor(ms / spanMs) * spanMs;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
