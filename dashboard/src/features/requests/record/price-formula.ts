import type { RequestRecord } from '../../../../../libs/contracts/requests.js';

export interface PriceTerm {
  readonly tokens: number;
  readonly what: 'input' | 'cached input' | 'cache write' | 'answer' | 'reasoning';
  /** USD per million tokens. */
  readonly rate: number;
}

export interface PriceFormula {
  readonly terms: readonly PriceTerm[];
  /** USD beside the tokens: a fee for the call, audio, pictures. */
  readonly restUsd: number;
}

const MILLION = 1_000_000;
/** Sums are kept to the billionth of a dollar. */
const SMALLEST_USD = 1e-9;

/** How the cost of a call comes about; `null` where no price was known. */
export function priceFormula(record: RequestRecord): PriceFormula | null {
  const { price, costUsd } = record;
  if (price === null || costUsd === null) return null;
  const written = record.cacheWriteTokens ?? 0;
  const reasoning = price.reasoning === undefined ? 0 : record.reasoningTokens;
  const all: readonly PriceTerm[] = [
    { tokens: record.inputTokens - record.cachedInputTokens - written, what: 'input', rate: price.input },
    { tokens: record.cachedInputTokens, what: 'cached input', rate: price.cachedInput ?? price.input },
    { tokens: written, what: 'cache write', rate: price.cacheWrite ?? price.input },
    { tokens: record.outputTokens - reasoning, what: 'answer', rate: price.output },
    { tokens: reasoning, what: 'reasoning', rate: price.reasoning ?? price.output },
  ];
  const terms = all.filter(({ tokens }) => tokens > 0);
  const sum = terms.reduce((total, { tokens, rate }) => total + (tokens * rate) / MILLION, 0);
  const rest = costUsd - sum;
  return { terms, restUsd: Math.abs(rest) <= SMALLEST_USD ? 0 : rest };
}
