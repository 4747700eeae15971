import type { SetPrice } from '../../../libs/contracts/prices.js';
import { fetchJson } from './api-client.js';

/** Sets the price of a model id or glob over every other source. */
export function setPrice(model: string, price: SetPrice): Promise<unknown> {
  return fetchJson(`/api/prices/${encodeURIComponent(model)}`, { method: 'PUT', body: price });
}

/** Takes an override away: the price of the package, or none, holds again. */
export function removePrice(model: string): Promise<unknown> {
  return fetchJson(`/api/prices/${encodeURIComponent(model)}`, { method: 'DELETE' });
}

/** Counts past calls of a model anew, at the price that holds now. */
export function repricePastCalls(model: string): Promise<unknown> {
  return fetchJson(`/api/prices/${encodeURIComponent(model)}/reprice`, { method: 'POST', body: {} });
}
