import { calcPrice, findProvider, type ModelInfo } from '@pydantic/genai-prices';
import { picoUsdPerToken, type ModelPrice } from './model-price.js';

/** The release of @pydantic/genai-prices whose prices are bundled; part of every price's `source`. */
export const CATALOGUE_VERSION = '0.1.8';

/** The prices of one model at one time: the whole request has the price of the tier that its input reaches. */
export interface TieredPrice {
  /** Input tokens above which the next price holds, ascending; one fewer than `prices`. */
  readonly starts: readonly number[];
  readonly prices: readonly ModelPrice[];
}

export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly contextWindow: number | null;
  readonly isDeprecated: boolean;
}

type Rate =
  number | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] };
type Rates = Readonly<Record<string, Rate | undefined>>;

/** Our rates by the catalogue's keys; those are USD per million tokens. */
const TOKEN_RATES = {
  cachedInput: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  reasoning: 'output_reasoning_mtok',
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
  imageInput: 'input_image_mtok',
  imageOutput: 'output_image_mtok',
} as const satisfies Partial<Record<keyof ModelPrice, string>>;

const AUDIO_TIME: ReadonlySet<string> = new Set(['audio_hours', 'input_audio_hours']);
const FREE_MODELS = /:free$|^moderation$|(?:^|\/)gemma-|-exp(?:-|$)/;

const SOURCE = `genai-prices ${CATALOGUE_VERSION}`;

/** The catalogue's entry of a model as the provider sells it, dated and fine-tuned ids included; null when unknown. */
export function findModel(providerId: string, model: string): ModelInfo | null {
  return lookUp(providerId, model, new Date(0))?.model ?? null;
}

/** What a model costs at a time; null when the catalogue does not know it or sells it by another unit. */
export function findPrice(providerId: string, model: string, at: Date): TieredPrice | null {
  const found = lookUp(providerId, model, at);
  return found === null || !isSoldByOurUnits(found.model_price, found.model.id)
    ? null
    : toTieredPrice(found.model_price);
}

/** The models that the catalogue knows for a provider; empty for an unknown provider. */
export function listModels(providerId: string): readonly CatalogueModel[] {
  return (findProvider({ providerId })?.models ?? []).map((model) => ({
    id: model.id,
    name: model.name ?? model.id,
    contextWindow: model.context_window ?? null,
    isDeprecated: model.deprecated ?? false,
  }));
}

/** The package throws on a malformed row of its own data; such a model has no known price. */
function lookUp(providerId: string, model: string, timestamp: Date): ReturnType<typeof calcPrice> {
  try {
    return calcPrice({}, model, { providerId, timestamp });
  } catch {
    return null;
  }
}

/**
 * An empty row is how the catalogue writes "free", but also what it writes for models that it has no unit for (songs):
 * it is believed only where free is meant. A row of pages or messages alone is no price of ours.
 */
function isSoldByOurUnits(rates: Rates, modelId: string): boolean {
  const units = Object.keys(rates);
  if (units.length === 0) return FREE_MODELS.test(modelId);
  return 'input_mtok' in rates || units.every((unit) => AUDIO_TIME.has(unit));
}

function toTieredPrice(rates: Rates): TieredPrice {
  const starts = [...new Set(Object.values(rates).flatMap(startsOf))].sort((a, b) => a - b);
  const prices = [0, ...starts.map((start) => start + 1)].map((inputTokens) => toModelPrice(rates, inputTokens));
  return { starts, prices };
}

function toModelPrice(rates: Rates, inputTokens: number): ModelPrice {
  const rate = (key: string): number | undefined => rateAt(rates[key], inputTokens);
  const perThousandRequests = rate('requests_kcount');
  const audioHour = rate('input_audio_hours') ?? rate('audio_hours');
  const optional = Object.entries(TOKEN_RATES).flatMap(([name, key]) => {
    const usd = rate(key);
    return usd === undefined ? [] : [[name, picoUsdPerToken(usd)] as const];
  });
  return Object.freeze({
    input: picoUsdPerToken(rate('input_mtok') ?? 0),
    output: picoUsdPerToken(rate('output_mtok') ?? 0),
    ...Object.fromEntries(optional),
    ...(perThousandRequests === undefined ? {} : { perRequest: Math.round(perThousandRequests * 1e9) }),
    ...(audioHour === undefined ? {} : { audioHour: Math.round(audioHour * 1e12) }),
    source: SOURCE,
  });
}

function rateAt(rate: Rate | undefined, inputTokens: number): number | undefined {
  if (rate === undefined || typeof rate === 'number') return rate;
  return rate.tiers.filter((tier) => inputTokens > tier.start).sort((a, b) => b.start - a.start)[0]?.price ?? rate.base;
}

function startsOf(rate: Rate | undefined): readonly number[] {
  return rate === undefined || typeof rate === 'number' ? [] : rate.tiers.map((tier) => tier.start);
}
