import type { Page, Usd } from './lists.js';

/** USD per million tokens; a missing rate is the input rate. */
export interface ModelPrice {
  readonly input: Usd;
  readonly cachedInput: Usd | null;
  readonly cacheWrite: Usd | null;
  readonly output: Usd;
}

export type InputKind = 'text' | 'image' | 'audio' | 'file' | (string & {});

/** A model that the caller may use, by the id that `/v1` takes. */
export interface ModelRow {
  readonly id: string;
  readonly upstream: string;
  /** In tokens; `null` when unknown. */
  readonly contextWindow: number | null;
  readonly input: readonly InputKind[];
  readonly price: ModelPrice | null;
  readonly priceSource: string | null;
}

/** An upstream whose list did not load is named in `failed`; the others' models are there. */
export type ModelList = Page<ModelRow> & { readonly failed?: readonly string[] };
