import type { RequestsSearch, UsageGroup } from '../../app/route-search.js';
import { bucketSpan, type UsageWindow } from '../../lib/usage-window.js';
import type { UsageFilter } from './usage-cards.js';

/**
 * The list of the calls that a figure is made of; `null` where the list has no such filter.
 * @param bucket a bucket's name, or `null` for the whole window
 * @param group a group's id, `undefined` for all of them, `null` for the calls without a group
 */
export type RowsLink = (bucket: string | null, group: string | null | undefined) => RequestsSearch | null;

type Filterable = 'model' | 'key' | 'user' | 'status';

export function rowsLink(window: UsageWindow, filter: UsageFilter, by: UsageGroup): RowsLink {
  return (bucket, group) => {
    const { from, to } = bucket === null ? window : bucketSpan(bucket);
    const { key, model, user, status } = filter;
    const search: RequestsSearch = { key, model, user, status, from, to };
    if (group === undefined) return search;
    if (group === null || by === 'tag' || by === 'upstream') return null;
    return { ...search, [by satisfies Filterable]: group };
  };
}
