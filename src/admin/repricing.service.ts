import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, type Repository } from 'typeorm';
import { costNanoUsd, isCostKnown } from '../../libs/pricing/cost-nano-usd.js';
import { compileGlob } from '../../libs/pricing/glob.js';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import type { PricedUpstream } from '../../libs/pricing/price-book.js';
import { NO_USAGE, type TokenUsage } from '../../libs/usage/token-usage.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { PriceService } from '../cost/price.service.js';
import { RequestEntity } from '../storage/entities/request.entity.js';
import type { PricedLater } from '../storage/priced-later.js';
import { UsageSums } from '../storage/usage-sums.js';

export interface Repriced {
  readonly model: string;
  /** Calls that have a cost now and had none. */
  readonly repriced: number;
  /** What they cost together. */
  readonly costUsd: number;
  /** Calls of the model that still have none: no price holds for them, or nobody knows what they used. */
  readonly unpriced: number;
}

interface UnpricedGroup {
  readonly servedModel: string;
  readonly upstream: string | null;
}

/** Rows of one transaction: it holds the event loop for some ms. */
const ROWS_A_STEP = 500;

/** Counts past calls that have no cost at the prices that hold now. A cost that is known never changes. */
@Injectable()
export class RepricingService {
  private readonly rows: Repository<RequestEntity>;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    dataSource: DataSource,
    private readonly prices: PriceService,
    private readonly sums: UsageSums,
  ) {
    this.rows = dataSource.getRepository(RequestEntity);
  }

  /**
   * Each step is one transaction over rows and sums; what is left when it fails is done by asking again.
   * @param model model id as upstreams name it, or a glob, either also under an upstream's name
   * @throws {StorageUnavailableError}
   */
  async reprice(model: string): Promise<Repriced> {
    const matches = compileGlob(model);
    let [repriced, unpriced, costNano] = [0, 0, 0n];
    for (const group of await this.unpricedGroups()) {
      const { servedModel, upstream } = group;
      if (!matches(servedModel) && !matches(`${upstream ?? ''}/${servedModel}`)) continue;
      let after = -1;
      for (;;) {
        const found = await this.rowsOf(group, after);
        if (found.length === 0) break;
        after = found.at(-1)?.seq ?? after;
        const priced = this.sums.priceLater(this.priced(found));
        repriced += priced.length;
        unpriced += found.length - priced.length;
        for (const one of priced) costNano += BigInt(one.costNanoUsd);
        // Calls come first.
        await setImmediate();
      }
    }
    return { model, repriced, costUsd: nanoUsdToNumber(costNano), unpriced };
  }

  /** Read from an index that holds calls without a cost only. */
  private unpricedGroups(): Promise<UnpricedGroup[]> {
    return this.rows
      .createQueryBuilder('row')
      .select('row.servedModel', 'servedModel')
      .addSelect('row.upstream', 'upstream')
      .distinct(true)
      .where('row.costNanoUsd IS NULL AND row.servedModel IS NOT NULL')
      .getRawMany<UnpricedGroup>();
  }

  private rowsOf({ servedModel, upstream }: UnpricedGroup, after: number): Promise<RequestEntity[]> {
    return this.rows.find({
      where: { servedModel, upstream: upstream ?? IsNull(), costNanoUsd: IsNull(), seq: MoreThan(after) },
      order: { seq: 'ASC' },
      take: ROWS_A_STEP,
    });
  }

  private priced(rows: readonly RequestEntity[]): readonly PricedLater[] {
    return rows.flatMap((row) => {
      const price = this.prices.book.priceOf(this.sellerOf(row.upstream), row.servedModel ?? '', row.inputTokens);
      const cost = price && costOf(row, price);
      return price === null || cost === null ? [] : [{ row, costNanoUsd: cost, price: JSON.stringify(price) }];
    });
  }

  /** An upstream that is configured no more, or is a person's own, sells at overrides only. */
  private sellerOf(name: string | null): PricedUpstream {
    const upstream = this.config.upstreams.find((one) => one.name === name);
    if (!upstream) return { name: name ?? '', baseUrl: 'http://unknown.invalid' };
    const { baseUrl, kind } = upstream;
    return { name: upstream.name, baseUrl: kind === 'azure' ? `azure+${baseUrl}` : baseUrl };
  }
}

/** Null where nobody knows what the call used, unless it is free whatever it used. */
function costOf(row: RequestEntity, price: ModelPrice): number | null {
  if (row.usageSource === 'none') return isFree(price) ? 0 : null;
  const usage = usageOf(row);
  return isCostKnown(usage, price) ? costNanoUsd(usage, price) : null;
}

function isFree(price: ModelPrice): boolean {
  return Object.values(price).every((rate) => typeof rate !== 'number' || rate === 0);
}

function usageOf(row: RequestEntity): TokenUsage {
  if (row.usage !== null) return { ...NO_USAGE, ...(JSON.parse(row.usage) as Partial<TokenUsage>) };
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens } = row;
  return { ...NO_USAGE, inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens };
}
