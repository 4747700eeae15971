/**
 * What a model costs, in integer pico-USD per token: 2.5 USD per million tokens is 2,500,000. A missing rate is the
 * input rate (`cachedInput`, `cacheWrite`, `audioInput`, `imageInput`) or the output rate (`reasoning`, `audioOutput`,
 * `imageOutput`); a missing `cacheWrite1h` is the rate of cache writes.
 */
export interface ModelPrice {
  readonly input: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite1h?: number;
  readonly output: number;
  readonly reasoning?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
  /** pico-USD per request, beside its tokens (Perplexity). */
  readonly perRequest?: number;
  /** pico-USD per hour of audio, where time is sold and not tokens (whisper-1). */
  readonly audioHour?: number;
  /** `override`, `override:<glob>`, `genai-prices <version>` or `demo`. */
  readonly source: string;
}

/** The embedded demo model costs nothing. */
export const DEMO_PRICE: ModelPrice = Object.freeze({ input: 0, output: 0, source: 'demo' });

/** Rounds to whole pico-USD per token; catalogues are exact here but for a handful of rows. */
export function picoUsdPerToken(usdPerMillionTokens: number): number {
  return Math.round(usdPerMillionTokens * 1e6);
}

/** The rate as people and `/api` read it. */
export function usdPerMillionTokens(picoUsd: number): number {
  return picoUsd / 1e6;
}
