import type { AuditRow } from '../../../../libs/contracts/audit.js';

const words: Readonly<Record<string, string>> = {
  'key.create': 'made a key',
  'key.update': 'changed a key',
  'key.rotate': 'rotated a key',
  'key.delete': 'deleted a key',
  'user.update': 'changed a person',
  'user.disable': 'switched a person off',
  'user.enable': 'switched a person on',
  'user.erase': 'deleted their data',
  'price.set': 'set a price',
  'price.remove': 'removed a price',
  'price.reprice': 'counted past calls anew',
  'prompt.read': 'read a text',
};

/** Every act that has words of its own, for the filter. */
export const knownActions: readonly { readonly value: string; readonly label: string }[] = Object.entries(words).map(
  ([value, label]) => ({ value, label }),
);

/** What somebody did, in words; an act without words by its name. */
export function actionWords(action: string): string {
  return words[action] ?? action;
}

/** What changed, field by field: `budgetUsd: 5, rpm: none`. */
export function changeWords(change: AuditRow['change']): string {
  if (change === null) return '';
  return Object.entries(change)
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(', ');
}

function valueWords(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.map(valueWords).join(' ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => `${name}=${valueWords(inner)}`)
      .join(' ');
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
