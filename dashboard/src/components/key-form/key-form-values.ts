import type { BudgetPeriod, CreateKey, KeyRow, UpdateKey } from '../../../../libs/contracts/keys.js';
import { readUsd } from '../../lib/usd-input.js';

/** The form as it is typed. */
export interface KeyFormValues {
  readonly name: string;
  readonly budgetUsd: string;
  readonly budgetPeriod: BudgetPeriod;
  /** Globs, one a line or comma separated. */
  readonly models: string;
  readonly rpm: string;
  readonly tpm: string;
  readonly maxParallel: string;
  /** Of a `datetime-local` field, on the reader's clock. */
  readonly expiresAt: string;
  readonly owner: string;
  /** `team=search, env=prod` */
  readonly tags: string;
}

export const emptyKey: KeyFormValues = {
  name: '',
  budgetUsd: '',
  budgetPeriod: 'month',
  models: '',
  rpm: '',
  tpm: '',
  maxParallel: '',
  expiresAt: '',
  owner: '',
  tags: '',
};

export function fromKey(key: KeyRow): KeyFormValues {
  return {
    name: key.name,
    budgetUsd: key.budgetUsd === null ? '' : String(key.budgetUsd),
    budgetPeriod: key.budgetPeriod,
    models: (key.models ?? []).join('\n'),
    rpm: key.rpm === null ? '' : String(key.rpm),
    tpm: key.tpm === null ? '' : String(key.tpm),
    maxParallel: key.maxParallel === null ? '' : String(key.maxParallel),
    expiresAt: key.expiresAt === null ? '' : toLocalField(new Date(key.expiresAt)),
    owner: key.owner ?? '',
    tags: Object.entries(key.tags)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
  };
}

/** What is wrong with a field, or `true`. */
export const checks = {
  name: (text: string) => text.trim() !== '' || 'A name, so that lists can show it.',
  budgetUsd: (text: string) => readUsd(text) !== null || 'An amount in USD, like 5 or 0.50.',
  whole: (text: string) => readWhole(text) !== null || 'A whole number of at least 1, or nothing.',
  tags: (text: string) => readTags(text) !== null || 'Like team=search, env=prod.',
} as const;

/** The settings without those that are empty. */
export function toCreateKey(values: KeyFormValues): CreateKey {
  const all = settingsOf(values);
  const { budgetUsd, tags, ...rest } = all;
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    ...(set as Partial<CreateKey>),
    name: values.name.trim(),
    ...(budgetUsd === null ? {} : { budgetUsd, budgetPeriod: values.budgetPeriod }),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/** Only what has changed: an empty field takes a limit away. */
export function toUpdateKey(values: KeyFormValues, before: KeyRow): UpdateKey {
  const next = { name: values.name.trim(), budgetPeriod: values.budgetPeriod, ...settingsOf(values) };
  const old = { name: before.name, budgetPeriod: before.budgetPeriod, ...settingsOf(fromKey(before)) };
  return Object.fromEntries(
    Object.entries(next).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof typeof old]),
    ),
  );
}

function settingsOf(values: KeyFormValues) {
  const models = values.models
    .split(/[\n,]/)
    .map((model) => model.trim())
    .filter(Boolean);
  return {
    owner: values.owner.trim() || null,
    models: models.length > 0 ? models : null,
    budgetUsd: readUsd(values.budgetUsd) ?? null,
    rpm: readWhole(values.rpm) ?? null,
    tpm: readWhole(values.tpm) ?? null,
    maxParallel: readWhole(values.maxParallel) ?? null,
    expiresAt: values.expiresAt === '' ? null : new Date(values.expiresAt).toISOString(),
    tags: readTags(values.tags) ?? {},
  };
}

function readWhole(text: string): number | null | undefined {
  const clean = text.trim();
  if (clean === '') return undefined;
  const value = Number(clean);
  return /^\d+$/.test(clean) && value >= 1 ? value : null;
}

function readTags(text: string): Readonly<Record<string, string>> | null {
  const parts = text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const pairs = parts.map((part) => /^([\w.:/-]+)\s*=\s*(.+)$/.exec(part));
  return pairs.every((pair) => pair !== null)
    ? Object.fromEntries(pairs.map((pair) => [pair[1] ?? '', pair[2] ?? '']))
    : null;
}

/** `2026-11-24T15:03`, as a `datetime-local` field wants it. */
function toLocalField(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
