import { isGlob } from './glob.js';
import { picoUsdPerToken, type ModelPrice } from './model-price.js';

/**
 * Prices that win over the catalogue, by model id, glob (`gpt-6*`), or either under an upstream's name
 * (`local/llama-3`, `azure/*`).
 */
export type PriceOverrides = ReadonlyMap<string, ModelPrice>;

/** One sentence for every entry that cannot be used. */
export class PriceOverridesError extends Error {
  override readonly name = 'PriceOverridesError';

  constructor(readonly problems: readonly string[]) {
    super(`prices: ${problems.join('; ')}`);
  }
}

const RATES = [
  'input',
  'cachedInput',
  'cacheWrite',
  'cacheWrite1h',
  'output',
  'reasoning',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const satisfies readonly (keyof ModelPrice)[];

const REQUIRED: ReadonlySet<string> = new Set(['input', 'output']);
const MAX_USD_PER_MILLION = 1_000_000;
const MAX_PATTERN_CHARS = 256;

/**
 * Reads `{"model or glob": {"input": 2.5, "cachedInput": 1.25, "output": 10}}`, USD per million tokens.
 * @param json a parsed JSON value; undefined is no overrides
 * @throws {PriceOverridesError} that lists every bad entry
 */
export function parsePriceOverrides(json: unknown): PriceOverrides {
  if (json === undefined) return new Map();
  if (!isObject(json)) {
    throw new PriceOverridesError(['write an object of models, like {"my-model": {"input": 2.5, "output": 10}}']);
  }
  const problems: string[] = [];
  const overrides = new Map<string, ModelPrice>();
  for (const [pattern, rates] of Object.entries(json)) {
    const found = problemsOf(pattern, rates);
    problems.push(...found);
    if (found.length === 0) overrides.set(pattern, toModelPrice(pattern, rates as Readonly<Record<string, number>>));
  }
  if (problems.length > 0) throw new PriceOverridesError(problems);
  return overrides;
}

function problemsOf(pattern: string, rates: unknown): readonly string[] {
  const name = JSON.stringify(pattern.slice(0, MAX_PATTERN_CHARS));
  if (pattern.trim() === '' || pattern.trim() !== pattern || pattern.length > MAX_PATTERN_CHARS) {
    return [`${name}: a model id or glob has 1 to ${MAX_PATTERN_CHARS} characters and no spaces around it`];
  }
  if (!isObject(rates)) return [`${name}: write an object of rates, like {"input": 2.5, "output": 10}`];
  const known: readonly string[] = RATES;
  const unknown = Object.keys(rates)
    .filter((rate) => !known.includes(rate))
    .map((rate) => `${name}: unknown rate ${JSON.stringify(rate)}; the rates are ${RATES.join(', ')}`);
  const bad = RATES.filter((rate) => !isRate(rates[rate]) && (REQUIRED.has(rate) || rates[rate] !== undefined)).map(
    (rate) =>
      rates[rate] === undefined
        ? `${name}: ${rate} is missing; write 0 where nothing is charged`
        : `${name}: ${rate} must be a number of USD per million tokens from 0 to ${MAX_USD_PER_MILLION}`,
  );
  return [...unknown, ...bad];
}

function toModelPrice(pattern: string, rates: Readonly<Record<string, number>>): ModelPrice {
  const { input = 0, output = 0, ...optional } = rates;
  const others = Object.entries(optional).map(([rate, usd]) => [rate, picoUsdPerToken(usd)] as const);
  return Object.freeze({
    input: picoUsdPerToken(input),
    output: picoUsdPerToken(output),
    ...Object.fromEntries(others),
    source: isGlob(pattern) ? `override:${pattern}` : 'override',
  });
}

function isRate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_USD_PER_MILLION;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
