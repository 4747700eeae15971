import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { costsQuery } from './costs.js';
import { formatCompact } from './figures.js';
import { useMe } from './me.js';
import { usePeopleNames } from './people.js';

const DAYS = 30;

/** One entry of a filter's list. */
export interface FilterChoice {
  readonly value: string;
  readonly label: string;
  /** How many calls it has. */
  readonly hint?: string;
  /** Of a key: its name alone. */
  readonly name?: string;
}

/** What can be filtered by: the models, keys and people that called in the last 30 days, the busiest first. */
export interface FilterChoices {
  readonly models: readonly FilterChoice[];
  readonly keys: readonly FilterChoice[];
  /** Empty where the reader sees no rows of others. */
  readonly people: readonly FilterChoice[];
}

export function useFilterChoices(): FilterChoices {
  const from = useMemo(() => startOfLastDays(DAYS, new Date()), []);
  // A caller whom nothing names has no rows to filter.
  const enabled = useMe().kind !== 'anonymous';
  const models = useQuery({ ...costsQuery({ groupBy: 'model', from }), enabled });
  const keys = useQuery({ ...costsQuery({ groupBy: 'key', from }), enabled });
  const names = usePeopleNames();
  return useMemo(
    () => ({
      models: byCalls(models.data?.data ?? []).flatMap(({ model, requests }) =>
        model ? [{ value: model, label: model, hint: formatCompact(requests) }] : [],
      ),
      keys: byCalls(keys.data?.data ?? []).flatMap(({ keyId, key, name, requests }) =>
        keyId
          ? [
              {
                value: keyId,
                label: labelOfKey(name, key) ?? keyId,
                hint: formatCompact(requests),
                name: name ?? keyId,
              },
            ]
          : [],
      ),
      people: names.size > 1 ? [...names].map(([value, label]) => ({ value, label })) : [],
    }),
    [models.data, keys.data, names],
  );
}

/** `Search (gw-…abcd)`, or the masked key alone where it has no name of its own. */
export function labelOfKey(name: string | undefined, key: string | undefined): string | undefined {
  return name && key && name !== key ? `${name} (${key})` : (name ?? key);
}

/**
 * Where the last so many UTC days begin, today among them: a fixed moment, so that the same question is asked, and kept,
 * all day.
 */
export function startOfLastDays(days: number, now: Date): string {
  const first = new Date(now.getTime() - (days - 1) * 86_400_000);
  return `${first.toISOString().slice(0, 10)}T00:00:00.000Z`;
}

function byCalls<Row extends { readonly requests: number }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((one, other) => other.requests - one.requests);
}
