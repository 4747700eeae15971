import { numberFormat } from './formatters.js';

/** Whole numbers in the reader's locale: tokens in records, counts of requests. */
export function formatCount(count: number, locale?: string): string {
  return numberFormat(locale).format(Math.round(count));
}

/** `12.3k`, `18.2M`: for tight places only; records hold the whole number. */
export function formatCompact(count: number, locale?: string): string {
  if (Math.abs(count) < 1000) return formatCount(count, locale);
  const [divisor, unit] =
    Math.abs(count) < 999_950 ? [1e3, 'k'] : Math.abs(count) < 999_950_000 ? [1e6, 'M'] : [1e9, 'B'];
  return `${numberFormat(locale, { maximumFractionDigits: 1 }).format(count / divisor)}${unit}`;
}

/** The size of a context window: `128k`, `1M`. */
export function formatContext(tokens: number, locale?: string): string {
  return formatCompact(tokens, locale);
}

/** Marks an estimate: `31≈`. */
export function estimated(text: string, isEstimate: boolean): string {
  return isEstimate ? `${text} ≈` : text;
}

/** A share of 0–1 in percent: `<0.1 %` for what is not nothing, `100 %` only for all of it. */
export function formatShare(share: number, locale?: string): string {
  if (share <= 0) return '0 %';
  if (share >= 1) return '100 %';
  const percent = share * 100;
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  if (percent < 0.1) return `<${numberFormat(locale, digits).format(0.1)} %`;
  return `${numberFormat(locale, digits).format(Math.min(percent, 99.9))} %`;
}

/** A change against the time before: `+12 %`, `−3 %`, nothing when there was nothing to compare with. */
export function formatChange(now: number, before: number, locale?: string): string | null {
  if (before === 0) return null;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return '±0 %';
  return `${percent > 0 ? '+' : '−'}${numberFormat(locale).format(Math.abs(percent))} %`;
}

export interface AnswerSpeed {
  readonly outputTokens: number;
  /** Time of the first token of any kind, reasoning too, and of the end, on one clock. */
  readonly firstTokenAtMs: number;
  readonly endAtMs: number;
}

/**
 * Tokens per second after the first token. `null` below 20 tokens or half a second, where a buffered
 * answer would show a speed that nothing has.
 */
export function tokensPerSecond({ outputTokens, firstTokenAtMs, endAtMs }: AnswerSpeed): number | null {
  const seconds = (endAtMs - firstTokenAtMs) / 1000;
  if (outputTokens < 20 || seconds < 0.5) return null;
  return (outputTokens - 1) / seconds;
}

/** `145 tok/s`, `9.4 tok/s`. */
export function formatSpeed(perSecond: number, locale?: string): string {
  return `${numberFormat(locale, { maximumFractionDigits: perSecond < 10 ? 1 : 0 }).format(perSecond)} tok/s`;
}

/** `812 B`, `38 MB`: sizes of files and of the browser's storage. */
export function formatBytes(bytes: number, locale?: string): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${numberFormat(locale, { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 }).format(size)} ${units[unit] ?? 'GB'}`;
}

/** `1 answer`, `6 answers`. */
export function plural(count: number, one: string, many = `${one}s`, locale?: string): string {
  return `${formatCount(count, locale)} ${count === 1 ? one : many}`;
}
