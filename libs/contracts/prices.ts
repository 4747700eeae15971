import type { Page, Usd } from './lists.js';

/** The price of a model id or glob, USD per million tokens. */
export interface PriceRow {
  readonly model: string;
  readonly input: Usd;
  readonly cachedInput: Usd | null;
  readonly cacheWrite: Usd | null;
  readonly output: Usd;
  readonly source: string;
}

export interface SetPrice {
  readonly input: Usd;
  readonly cachedInput?: Usd;
  readonly cacheWrite?: Usd;
  readonly output: Usd;
}

export type PriceList = Page<PriceRow>;
