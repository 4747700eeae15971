import { queryOptions } from '@tanstack/react-query';
import type { Costs, CostsQuery, GroupedCostRow } from '../../../libs/contracts/costs.js';
import { fetchJson } from './api-client.js';

const PAGE = 1000;
/** Groups beyond these are left out; the total counts them all the same. */
const MOST_PAGES = 20;

/** Sums of calls by one or two groups, every page of them. */
export function costsQuery(query: Omit<CostsQuery, 'limit' | 'cursor'>) {
  return queryOptions({
    queryKey: ['costs', query],
    queryFn: ({ signal }) => fetchAllCosts(query, signal),
  });
}

async function fetchAllCosts(query: CostsQuery, signal: AbortSignal): Promise<Costs> {
  const data: GroupedCostRow[] = [];
  let cursor: string | null = null;
  for (let page = 1; ; page++) {
    const costs: Costs = await fetchJson<Costs>('/api/costs', { query: { ...query, limit: PAGE, cursor }, signal });
    data.push(...costs.data);
    cursor = costs.nextCursor;
    if (cursor === null || page === MOST_PAGES) return { ...costs, data };
  }
}
