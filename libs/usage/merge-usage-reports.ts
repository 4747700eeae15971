/**
 * The usage that holds after a later report of one stream. Anthropic reports the input in `message_start` and the
 * output in `message_delta`, both cumulative: each field of the later report replaces the earlier one, nothing is
 * added, and a field that the later report leaves out (or null) stays.
 * @returns the merged raw object, to be read by `toTokenUsage`; `earlier` when `later` reports nothing
 */
export function mergeUsageReports(earlier: unknown, later: unknown): unknown {
  if (!isObject(later)) return earlier;
  if (!isObject(earlier)) return later;
  const reported = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...earlier, ...Object.fromEntries(reported) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
