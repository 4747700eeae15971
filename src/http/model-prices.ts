import type { UpstreamConfig } from '../config/gateway-config.js';

/** USD per million tokens; null where the rate is the input's. */
export interface PricePerMillion {
  readonly input: number;
  readonly cachedInput: number | null;
  readonly cacheWrite: number | null;
  readonly output: number;
  /** `override`, `override:<glob>`, `genai-prices <version>` or `demo`. */
  readonly source: string;
}

/** The upstream that sells a model, as far as its price depends on it. */
export type SellingUpstream = Pick<UpstreamConfig, 'name' | 'baseUrl' | 'kind'>;

/** What models cost and hold, for the lists that show it. Implemented by CostModule. */
export interface ModelPrices {
  /** The price of the smallest tier; null when unknown, which is not the same as free. */
  priceOf(upstream: SellingUpstream, model: string): PricePerMillion | null;
  /** Tokens; null when unknown. */
  contextWindowOf(upstream: SellingUpstream, model: string): number | null;
}
export const ModelPrices = Symbol('ModelPrices');
