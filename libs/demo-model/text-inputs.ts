import { listOf } from './read-json.js';

/** A text, a list of texts, a list of token ids, or a list of such lists, as texts; token ids stand for themselves. */
export function textInputsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  const values = listOf(value);
  if (values.length > 0 && values.every((entry) => typeof entry === 'number')) return [values.join(' ')];
  return values.map((entry) => (typeof entry === 'string' ? entry : tokenText(entry)));
}

function tokenText(tokens: unknown): string {
  return listOf(tokens)
    .filter((token) => typeof token === 'number')
    .join(' ');
}
