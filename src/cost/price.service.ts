import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import { PriceBook, type PricedUpstream } from '../../libs/pricing/price-book.js';
import { parsePriceOverrides, type PriceOverrides } from '../../libs/pricing/price-overrides.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig, UpstreamConfig } from '../config/gateway-config.js';
import type { RequestContext } from '../http/request-context.js';

/** The prices that hold in this gateway: those of the configuration over those of the package. */
@Injectable()
export class PriceService {
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
  priceOf(context: RequestContext, inputTokens = 0): ModelPrice | null {
    const { target } = context;
    return target ? this.book.priceOf(pricedAs(target.upstream), target.servedModel, inputTokens) : null;
  }

  /** The most tokens that the call can hold; null when unknown. */
  contextWindowOf(context: RequestContext): number | null {
    const { target } = context;
    return target ? this.book.contextWindow(pricedAs(target.upstream), target.servedModel) : null;
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
export function pricedAs({ name, baseUrl, kind }: UpstreamConfig): PricedUpstream {
  return { name, baseUrl: kind === 'azure' ? `azure+${baseUrl}` : baseUrl };
}
