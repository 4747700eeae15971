import type { IssuedKey, KeyRow } from '../../libs/contracts/keys.js';
import { asTable } from './table.js';

/** What a new key is shown as, whole, this once. */
export function newKeyLines(key: IssuedKey, place: string): string[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Key', key.key],
    ['Id', key.id],
    ['Name', key.name],
    ['Owner', key.owner ?? '–'],
    ['Models', key.models?.join(', ') ?? 'every model'],
    ['Budget', budgetText(key)],
    ['Limits', limitsText(key)],
    ['Ends', key.expiresAt ?? 'never'],
  ];
  return [...asTable(facts), '', `Made in ${place}. Keep the key now: it is not shown again.`];
}

export function keyTable(keys: readonly KeyRow[]): string[] {
  const head = ['ID', 'KEY', 'NAME', 'OWNER', 'BUDGET', 'SPENT', 'ENDS', 'STATE'];
  const rows = keys.map((key) => [
    key.id,
    key.key,
    shortened(key.name),
    shortened(key.owner ?? '–'),
    budgetText(key),
    key.spentUsd === null ? '–' : `${key.spentUsd} USD`,
    key.expiresAt ?? 'never',
    key.disabled ? 'disabled' : 'on',
  ]);
  return asTable([head, ...rows]);
}

function budgetText({ budgetUsd, budgetPeriod }: KeyRow): string {
  if (budgetUsd === null) return 'none';
  return budgetPeriod === 'total' ? `${budgetUsd} USD in total` : `${budgetUsd} USD a ${budgetPeriod}`;
}

function limitsText({ rpm, tpm, maxParallel }: KeyRow): string {
  const limits = [
    rpm === null ? [] : [`${rpm} requests a minute`],
    tpm === null ? [] : [`${tpm} tokens a minute`],
    maxParallel === null ? [] : [`${maxParallel} calls at a time`],
  ].flat();
  return limits.length === 0 ? "the gateway's own" : limits.join(', ');
}

function shortened(text: string): string {
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}
