/** The two headers by which an upstream says when to come back. */
export interface RetryAfterHeaders {
  /** Seconds or an HTTP date. */
  readonly retryAfter?: string | undefined;
  /** Milliseconds; the more exact one wins. */
  readonly retryAfterMs?: string | undefined;
}

const NUMBER = /^\d{1,15}(?:\.\d{1,15})?$/;
const IMF_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850_DATE = /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Milliseconds that an upstream asks to wait, from now; 0 for a date that has passed.
 * @param nowMs wall-clock time, for dates
 * @returns undefined when neither header says anything readable
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(headers: RetryAfterHeaders, nowMs: number): number | undefined {
  const milliseconds = headers.retryAfterMs?.trim() ?? '';
  if (NUMBER.test(milliseconds)) return Math.ceil(Number(milliseconds));
  const value = headers.retryAfter?.trim() ?? '';
  if (NUMBER.test(value)) return Math.ceil(Number(value) * 1_000);
  const dateMs = parseHttpDate(value);
  return dateMs === undefined ? undefined : Math.max(0, dateMs - nowMs);
}

/** `Date.parse` alone would read `1 hour` or `retry in 5` as dates. */
function parseHttpDate(value: string): number | undefined {
  const isGmt = IMF_DATE.test(value) || RFC_850_DATE.test(value);
  if (!isGmt && !ASCTIME_DATE.test(value)) return undefined;
  const time = Date.parse(isGmt ? value : `${value} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
