import type { ModelPrice } from './model-price.js';

/** Whether a model costs nothing, whatever is used of it. */
export function isFreePrice(price: ModelPrice): boolean {
  return Object.values(price).every((rate) => typeof rate !== 'number' || rate === 0);
}
