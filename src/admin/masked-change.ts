import { redactText } from '../../libs/redaction/redact-text.js';

const MAX_DEPTH = 4;
const MAX_ITEMS = 200;
const MAX_CHARS = 1_000;
const MASK = '…';
/** Fields that hold a secret by their name, whatever it looks like. */
const SECRET_NAME = /^(key|password|authorization|cookie)$|(api[-_]?key|secret|token)$/i;

/**
 * A change as the trail keeps it: what looks like a secret, or is named like one, is masked; depth, lengths and counts
 * are bounded. Whoever records a change leaves secrets out; this is for the day on which somebody forgets.
 */
export function maskedChange(change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return maskedObject(change, 0);
}

function maskedObject(value: object, depth: number): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, SECRET_NAME.test(name) && one !== null ? MASK : maskedValue(one, depth + 1)]),
  );
}

function maskedValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value.slice(0, MAX_CHARS));
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return MASK;
  return Array.isArray(value)
    ? value.slice(0, MAX_ITEMS).map((one) => maskedValue(one, depth + 1))
    : maskedObject(value, depth);
}
