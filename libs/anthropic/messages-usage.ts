import { isRecord } from '../openai/json-value.js';

/**
 * Brings the usage of a Messages stream up to date: a later field replaces the earlier one, and is never added to it.
 * A null, which the API sends for what it does not count again, replaces nothing.
 * @param previous what was known so far; undefined before the first
 */
export function mergeAnthropicUsage(previous: unknown, next: unknown): unknown {
  if (!isRecord(next)) return previous;
  if (!isRecord(previous)) return next;
  const counted = Object.entries(next).filter(([name, value]) => value !== null || previous[name] === undefined);
  return { ...previous, ...Object.fromEntries(counted) };
}
