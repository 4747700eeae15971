import { queryOptions } from '@tanstack/react-query';
import type { PriceList, PriceRow, Repriced, SetPrice } from '../../../libs/contracts/prices.js';
import { fetchJson } from './api-client.js';

/** Prices set in this gateway, and the models whose calls have no cost. Administrators only. */
export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => fetchJson<PriceList>('/api/prices', { query: { limit: 1000 }, signal }),
});

/** Sets the price of a model id or glob over every other source. */
export function setPrice(model: string, price: SetPrice): Promise<PriceRow> {
  return fetchJson<PriceRow>(pathOf(model), { method: 'PUT', body: price });
}

/** Takes a price that was set here away: what it hid holds again. */
export function removePrice(model: string): Promise<void> {
  return fetchJson<void>(pathOf(model), { method: 'DELETE' });
}

/** Counts past calls of a model that have no cost at the price that holds now. */
export function repricePastCalls(model: string): Promise<Repriced> {
  return fetchJson<Repriced>(`${pathOf(model)}/reprice`, { method: 'POST', body: {} });
}

function pathOf(model: string): string {
  return `/api/prices/${encodeURIComponent(model)}`;
}
