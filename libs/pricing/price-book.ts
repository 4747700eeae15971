import { LRUCache } from 'lru-cache';
import { findModel, findPrice, listModels, type CatalogueModel, type TieredPrice } from './catalogue.js';
import { compileGlob, isGlob } from './glob.js';
import { DEMO_PRICE, type ModelPrice } from './model-price.js';
import type { PriceOverrides } from './price-overrides.js';
import { providerOfBaseUrl } from './provider-of-base-url.js';

/** What is known of an upstream when its model is priced. */
export interface PricedUpstream {
  readonly baseUrl: string;
  readonly name: string;
}

export interface PriceBookOptions {
  readonly overrides?: PriceOverrides;
  readonly now?: () => Date;
}

interface KnownModel {
  readonly contextWindow: number | null;
  readonly isPricedByTimeOfDay: boolean;
}

interface CompiledGlob {
  readonly pattern: string;
  readonly matches: (text: string) => boolean;
  readonly price: ModelPrice;
}

/** Model names are the callers' text: no more of them are remembered, and no longer ones looked up. */
const MAX_REMEMBERED = 2_000;
const MAX_MODEL_CHARS = 256;
const UNKNOWN = Symbol('unknown');

/**
 * The price of a model as an upstream sells it: overrides first (exact id, then the longest glob), then the bundled
 * catalogue for the provider that the upstream's host belongs to. A local or unknown host has no catalogue, so that a
 * local `gpt-4o` is not billed as OpenAI's. Never throws, never prints, remembers a bounded number of look-ups.
 */
export class PriceBook {
  private readonly now: () => Date;
  private readonly models = new LRUCache<string, KnownModel | typeof UNKNOWN>({ max: MAX_REMEMBERED });
  private readonly prices = new LRUCache<string, TieredPrice | typeof UNKNOWN>({ max: MAX_REMEMBERED });
  private exact: PriceOverrides = new Map();
  private globs: readonly CompiledGlob[] = [];

  constructor(options: PriceBookOptions = {}) {
    this.now = options.now ?? (() => new Date());
    this.setOverrides(options.overrides ?? new Map());
  }

  /** Replaces all overrides; the next look-up sees them. */
  setOverrides(overrides: PriceOverrides): void {
    this.exact = new Map([...overrides].filter(([pattern]) => !isGlob(pattern)));
    this.globs = [...overrides]
      .filter(([pattern]) => isGlob(pattern))
      .sort(([a], [b]) => b.length - a.length)
      .map(([pattern, price]) => ({ pattern, matches: compileGlob(pattern), price }));
  }

  /**
   * @param inputTokens total input of the request; decides the tier, which then prices the whole request
   * @returns null when the price is unknown, which is not the same as free
   */
  priceOf(upstream: PricedUpstream, model: string, inputTokens = 0): ModelPrice | null {
    if (model.length > MAX_MODEL_CHARS) return null;
    const exact = this.exact.get(`${upstream.name}/${model}`) ?? this.exact.get(model);
    if (exact !== undefined) return exact;
    if (model === 'demo' || model.startsWith('demo/')) return DEMO_PRICE;
    return this.overrideByGlob(upstream.name, model) ?? this.cataloguePrice(upstream, model, inputTokens);
  }

  /** The most tokens that a call of the model can hold; null when unknown. */
  contextWindow(upstream: PricedUpstream, model: string): number | null {
    const providerId = providerOfBaseUrl(upstream.baseUrl);
    return providerId === null ? null : (this.knownModel(providerId, model)?.contextWindow ?? null);
  }

  /** The models that the catalogue knows for a provider id of `providerOfBaseUrl`. */
  listModels(providerId: string): readonly CatalogueModel[] {
    return listModels(providerId);
  }

  private overrideByGlob(upstreamName: string, model: string): ModelPrice | null {
    const prefix = `${upstreamName}/`;
    const found = this.globs.find(
      // Only a pattern that spells the upstream's name speaks of it: `gpt-*` is not `gpt-proxy/llama`.
      ({ pattern, matches }) => matches(model) || (pattern.startsWith(prefix) && matches(prefix + model)),
    );
    return found?.price ?? null;
  }

  private cataloguePrice(upstream: PricedUpstream, model: string, inputTokens: number): ModelPrice | null {
    const providerId = providerOfBaseUrl(upstream.baseUrl);
    const known = providerId === null ? null : this.knownModel(providerId, model);
    if (providerId === null || known === null) return null;
    const at = this.now();
    // Prices change at midnight UTC at the earliest, but for the few that differ by time of day.
    const slot = at.toISOString().slice(0, known.isPricedByTimeOfDay ? 16 : 10);
    const tiered = remember(this.prices, `${providerId}\n${slot}\n${model}`, () => findPrice(providerId, model, at));
    if (tiered === null) return null;
    const tier = tiered.starts.filter((start) => inputTokens > start).length;
    return tiered.prices[tier] ?? null;
  }

  private knownModel(providerId: string, model: string): KnownModel | null {
    if (model.length > MAX_MODEL_CHARS) return null;
    return remember(this.models, `${providerId}\n${model}`, () => {
      const found = findModel(providerId, model);
      if (found === null) return null;
      const prices = Array.isArray(found.prices) ? found.prices : [];
      return {
        contextWindow: found.context_window ?? null,
        isPricedByTimeOfDay: prices.some((price) => price.constraint?.type === 'time_of_date'),
      };
    });
  }
}

function remember<T extends object>(
  cache: LRUCache<string, T | typeof UNKNOWN>,
  key: string,
  find: () => T | null,
): T | null {
  const kept = cache.get(key);
  if (kept !== undefined) return kept === UNKNOWN ? null : (kept as T);
  const found = find();
  cache.set(key, found ?? UNKNOWN);
  return found;
}
