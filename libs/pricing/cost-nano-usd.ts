import type { TokenUsage } from '../usage/token-usage.js';
import type { ModelPrice } from './model-price.js';

const MAX_NANO_USD = BigInt(Number.MAX_SAFE_INTEGER);
const PICO_PER_NANO = 1_000n;
const MS_PER_HOUR = 3_600_000n;

/**
 * What an answer costs in nano-USD, rounded half up once. Cached tokens are charged as cached and written ones as
 * written whatever their kind; audio and image tokens are at most what remains of the input, reasoning, audio and
 * image tokens at most what the output leaves, in this order.
 * @param usage integer counts of at least 0, as `toTokenUsage` gives them
 * @returns an integer from 0 to `Number.MAX_SAFE_INTEGER`
 */
export function costNanoUsd(usage: TokenUsage, price: ModelPrice): number {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const written = Math.min(usage.cacheWriteTokens, usage.inputTokens - cached);
  const written1h = Math.min(usage.cacheWrite1hTokens, written);
  const uncached = usage.inputTokens - cached - written;
  const audioInput = Math.min(usage.audioInputTokens, uncached);
  const imageInput = Math.min(usage.imageInputTokens, uncached - audioInput);
  const reasoning = Math.min(usage.reasoningTokens, usage.outputTokens);
  const audioOutput = Math.min(usage.audioOutputTokens, usage.outputTokens - reasoning);
  const imageOutput = Math.min(usage.imageOutputTokens, usage.outputTokens - reasoning - audioOutput);
  const cacheWrite = price.cacheWrite ?? price.input;

  const picoUsd =
    times(uncached - audioInput - imageInput, price.input) +
    times(cached, price.cachedInput ?? price.input) +
    times(written - written1h, cacheWrite) +
    times(written1h, price.cacheWrite1h ?? cacheWrite) +
    times(audioInput, price.audioInput ?? price.input) +
    times(imageInput, price.imageInput ?? price.input) +
    times(usage.outputTokens - reasoning - audioOutput - imageOutput, price.output) +
    times(reasoning, price.reasoning ?? price.output) +
    times(audioOutput, price.audioOutput ?? price.output) +
    times(imageOutput, price.imageOutput ?? price.output) +
    BigInt(price.perRequest ?? 0);

  const picoUsdHours = picoUsd * MS_PER_HOUR + times(usage.audioMs ?? 0, price.audioHour ?? 0);
  const nanoUsd = divideHalfUp(picoUsdHours, PICO_PER_NANO * MS_PER_HOUR);
  return nanoUsd > MAX_NANO_USD ? Number.MAX_SAFE_INTEGER : Number(nanoUsd);
}

/**
 * Whether the price has a rate for what the usage counts. Where audio is sold by the hour and its length was not
 * reported, the cost is unknown and not 0.
 */
export function isCostKnown(usage: TokenUsage, price: ModelPrice): boolean {
  return price.audioHour === undefined || usage.audioMs !== undefined;
}

function times(tokens: number, picoUsd: number): bigint {
  return tokens === 0 || picoUsd === 0 ? 0n : BigInt(tokens) * BigInt(picoUsd);
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
