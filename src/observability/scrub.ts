import { LRUCache } from 'lru-cache';
import { REDACTED, redactText } from '../../libs/redaction/redact-text.js';

/** No secret is shorter. */
const SHORTEST_SECRET = 8;
const MAX_TEXT_CHARS = 8_192;
const MAX_NAME_CHARS = 128;
const MAX_DEPTH = 4;
const SECRET_FIELD = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|.*(?:api-?_?key|secret|password|token))$/i;
const TOKEN_COUNT = /tokens$/i;
const STACK_FRAME = /^\s+at /;
const KEY_BEGINS = /^(?:sk|pk|rk|gw|xai|hf|gsk|whsec|gh[pousr]|glpat)[-_]|^(?:eyJ|AIza|AKIA|Bearer)/i;

/** A text without its secrets. The frames of a stack stay: they are places in the code, some as long as a key. */
export function scrubText(text: string): string {
  if (text.length < SHORTEST_SECRET) return text;
  const short = text.length > MAX_TEXT_CHARS ? text.slice(0, MAX_TEXT_CHARS) : text;
  if (!short.includes('\n')) return redactText(short);
  const lines = short.split('\n');
  const firstFrame = lines.findIndex((line) => STACK_FRAME.test(line));
  if (firstFrame === -1) return redactText(short);
  const message = redactText(lines.slice(0, firstFrame).join('\n'));
  const frames = lines.slice(firstFrame).map((line) => (STACK_FRAME.test(line) ? line : redactText(line)));
  return [message, ...frames].join('\n');
}

const names = new LRUCache<string, string>({ max: 1_000 });

/**
 * A name that a client chose, a model's for one. It may be long and look like no word, `meta-llama/Llama-3-70B`, so it
 * is read part by part. Names come again and again: what was found is kept.
 */
export function scrubName(name: string): string {
  const short = name.slice(0, MAX_NAME_CHARS);
  if (short.length < SHORTEST_SECRET) return short;
  let scrubbed = names.get(short);
  if (scrubbed === undefined) {
    scrubbed = short
      .split('/')
      .map((part) => redactText(part))
      .join('/');
    names.set(short, scrubbed);
  }
  return scrubbed;
}

/** An id that a client chose. Hashes and UUIDs are what ids are made of, so only what begins like a key is taken out. */
export function scrubId(id: string): string {
  return KEY_BEGINS.test(id) ? redactText(id) : id;
}

/** The fields of a line without secrets: by the names of the fields, and by the shapes of the texts. */
export function scrubFields(fields: object, depth = 0): Record<string, unknown> {
  const scrubbed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const isSecret = SECRET_FIELD.test(name) && !TOKEN_COUNT.test(name) && typeof value !== 'number';
    scrubbed[name] = isSecret && value !== null && value !== undefined ? REDACTED : scrubValue(value, depth);
  }
  return scrubbed;
}

function scrubValue(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return scrubText(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      return value.toString();
    case 'symbol':
    case 'function':
      return undefined;
    case 'object':
      return scrubObject(value, depth);
  }
}

function scrubObject(value: object | null, depth: number): unknown {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return scrubError(value, depth);
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.slice(0, 100).map((one: unknown) => scrubValue(one, depth + 1));
  return scrubFields(value, depth + 1);
}

/** Class, message and stack: other members of an error may hold the request, its key and its text. */
export function scrubError(error: Error, depth = 0): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return {
    name,
    message: scrubText(message),
    ...(stack === undefined ? {} : { stack: scrubText(stack) }),
    ...(cause instanceof Error && depth < MAX_DEPTH ? { cause: scrubError(cause, depth + 1) } : {}),
  };
}
