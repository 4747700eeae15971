import { formatDistance } from './duration.js';
import { dateFormat } from './formatters.js';

/** Which clock times are shown on; a setting of the reader. */
export type Clock = 'local' | 'utc';

export interface ClockOptions {
  readonly clock?: Clock;
  readonly now?: Date;
  readonly locale?: string | undefined;
  /** An IANA zone, for tests; the browser's own when absent. */
  readonly timeZone?: string | undefined;
}

function zoneOf({ clock = 'local', timeZone }: ClockOptions): string | undefined {
  return clock === 'utc' ? 'UTC' : timeZone;
}

function format(at: Date, options: ClockOptions, fields: Intl.DateTimeFormatOptions): string {
  const timeZone = zoneOf(options);
  return dateFormat(options.locale, { ...fields, ...(timeZone ? { timeZone } : {}) }).format(at);
}

function dayKey(at: Date, options: ClockOptions): string {
  return format(at, { ...options, locale: 'en-CA' }, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

/** `14:03:27.512`, with the date before it when that is not today. */
export function formatTime(iso: string, options: ClockOptions = {}): string {
  const at = new Date(iso);
  const time = format(at, options, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  return isSameDay(at, options.now ?? new Date(), options) ? time : `${formatDate(iso, options)} ${time}`;
}

/** `14:03`, with the date before it when that is not today. */
export function formatMinute(iso: string, options: ClockOptions = {}): string {
  const at = new Date(iso);
  const time = format(at, options, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return isSameDay(at, options.now ?? new Date(), options) ? time : `${formatDate(iso, options)} ${time}`;
}

/** `24 Nov`, with the year when it is not this one. */
export function formatDate(iso: string, options: ClockOptions = {}): string {
  const at = new Date(iso);
  const sameYear =
    format(at, options, { year: 'numeric' }) === format(options.now ?? new Date(), options, { year: 'numeric' });
  return format(at, options, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** Hover, focus and copy: `2026-11-24T14:03:27.512Z, 3 min ago`. */
export function exactTime(iso: string, now: Date = new Date()): string {
  return `${new Date(iso).toISOString()}, ${formatAge(iso, now)}`;
}

/** `3 min ago`, `in 9 h`, `just now`. */
export function formatAge(iso: string, now: Date = new Date()): string {
  const ms = now.getTime() - new Date(iso).getTime();
  if (Math.abs(ms) < 1000) return 'just now';
  return ms > 0 ? `${formatDistance(ms)} ago` : `in ${formatDistance(-ms)}`;
}

/** The reader's distance from UTC: `UTC+1`, `UTC−3:30`, `UTC`. */
export function utcOffset(now: Date = new Date()): string {
  const minutes = -now.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes > 0 ? '+' : '−'}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

export type DayGroup = 'Today' | 'Yesterday' | 'Last week' | 'Last month' | 'Older';

/** The heading under which a list of conversations shows a time. */
export function dayGroup(iso: string, options: ClockOptions = {}): DayGroup {
  const now = options.now ?? new Date();
  const at = new Date(iso);
  if (isSameDay(at, now, options) || at > now) return 'Today';
  if (isSameDay(at, new Date(now.getTime() - 86_400_000), options)) return 'Yesterday';
  const days = (now.getTime() - at.getTime()) / 86_400_000;
  return days <= 7 ? 'Last week' : days <= 31 ? 'Last month' : 'Older';
}

function isSameDay(a: Date, b: Date, options: ClockOptions): boolean {
  return dayKey(a, options) === dayKey(b, options);
}
