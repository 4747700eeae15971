import type { IsoTime, Page, Usd } from './lists.js';

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

/** A model with calls that have no cost. */
export interface UnpricedModel {
  /** As the upstream names it: what a price is set for. */
  readonly model: string;
  readonly upstream: string;
  readonly requests: number;
  readonly firstUsedAt: IsoTime;
  readonly lastUsedAt: IsoTime;
}

/** What came of counting past calls anew. */
export interface Repriced {
  readonly model: string;
  /** Calls that have a cost now and had none. */
  readonly repriced: number;
  /** What they cost together. */
  readonly costUsd: Usd;
  /** Calls of the model that still have none. */
  readonly unpriced: number;
}

export type PriceList = Page<PriceRow> & { readonly unpriced?: readonly UnpricedModel[] };
