import { numberFormat } from './formatters.js';

const pad = (value: number): string => String(value).padStart(2, '0');

/** `742 ms`, `2.31 s`, `2 min 05 s`, `3 h 07 min`. */
export function formatDuration(ms: number, locale?: string): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) {
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
    return `${numberFormat(locale, digits).format(ms / 1000)} s`;
  }
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** Seconds in a column whose head says so: `<0.01`, `2.31`. */
export function formatSeconds(ms: number, locale?: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (ms > 0 && ms < 10) return `<${numberFormat(locale, digits).format(0.01)}`;
  return numberFormat(locale, digits).format(ms / 1000);
}

/** What a running countdown shows: `0:23`, `12:05`. Whole seconds, rounded up, so that 0:00 means now. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

/** A distance in the largest sensible unit: `in 9 h`, `24 s`, `3 days`. Without the word "in". */
export function formatDistance(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}

/**
 * Durations that are read together, in one unit: seconds as soon as one of them is longer than ten; `null` stays.
 */
export function formatAlike(all: readonly (number | null)[], locale?: string): readonly (string | null)[] {
  const inSeconds = all.some((ms) => ms !== null && ms >= 9_999.5);
  return all.map((ms) => {
    if (ms === null) return null;
    return inSeconds ? `${formatSeconds(ms, locale)} s` : `${numberFormat(locale).format(Math.round(ms))} ms`;
  });
}
