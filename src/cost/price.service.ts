import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { usdPerMillionTokens, type ModelPrice } from '../../libs/pricing/model-price.js';
import { PriceBook, type PricedUpstream } from '../../libs/pricing/price-book.js';
import { parsePriceOverrides, type PriceOverrides } from '../../libs/pricing/price-overrides.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { ModelPrices, PricePerMillion, SellingUpstream } from '../http/model-prices.js';
import type { RequestContext } from '../http/request-context.js';

/** The prices that hold in this gateway: those of the configuration over those of the package. */
@Injectable()
export class PriceService implements ModelPrices {
  private readonly logger = new Logger('prices');
  readonly book: PriceBook;
  /** Overrides of the configuration; administrators' own are put over them. */
  readonly configured: PriceOverrides;
  private readonly warned = new LRUCache<string, true>({ max: 1_000 });

  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {
    const { overrides } = config.prices;
    this.configured = overrides === undefined ? new Map() : parsePriceOverrides(overrides);
    this.book = new PriceBook({ overrides: this.configured });
  }

  /** The price of what the call is served by; null when unknown. */
  priceOfCall({ target }: RequestContext, inputTokens = 0): ModelPrice | null {
    return target ? this.book.priceOf(pricedAs(target.upstream), target.servedModel, inputTokens) : null;
  }

  priceOf(upstream: SellingUpstream, model: string): PricePerMillion | null {
    const price = this.book.priceOf(pricedAs(upstream), model);
    return price && toPricePerMillion(price);
  }

  contextWindowOf(upstream: SellingUpstream, model: string): number | null {
    return this.book.contextWindow(pricedAs(upstream), model);
  }

  get refusesUnpriced(): boolean {
    return this.config.prices.unpriced === 'deny';
  }

  /** Tells once per model that calls of it are counted without a cost. */
  noteUnpriced(context: RequestContext): void {
    if (this.config.prices.unpriced !== 'warn' || !context.target) return;
    const { upstream, servedModel } = context.target;
    const name = `${upstream.name}/${servedModel}`;
    if (this.warned.has(name)) return;
    this.warned.set(name, true);
    this.logger.warn({ event: 'model_unpriced', upstream: upstream.name, model: servedModel.slice(0, 128) });
  }
}

/** An Azure upstream under an address of the company's own still sells at Azure's prices. */
function pricedAs({ name, baseUrl, kind }: SellingUpstream): PricedUpstream {
  return { name, baseUrl: kind === 'azure' ? `azure+${baseUrl}` : baseUrl };
}

/** As `/api` shows a price; a rate that it does not name is null and follows the input's or the output's. */
export function toPricePerMillion({ input, cachedInput, cacheWrite, output, source }: ModelPrice): PricePerMillion {
  return {
    input: usdPerMillionTokens(input),
    cachedInput: cachedInput === undefined ? null : usdPerMillionTokens(cachedInput),
    cacheWrite: cacheWrite === undefined ? null : usdPerMillionTokens(cacheWrite),
    output: usdPerMillionTokens(output),
    source,
  };
}
