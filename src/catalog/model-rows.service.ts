import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { globMatches } from '../../libs/pricing/glob.js';
import type { ModelList, ModelRow } from '../../libs/contracts/models.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Caller } from '../http/caller.js';
import { ModelPrices } from '../http/model-prices.js';
import { findSeam } from '../http/optional-seam.js';
import { ModelCatalog } from '../proxy/model-catalog.service.js';
import { RouterService } from '../routing/router.service.js';
import { inputKindsOf } from './input-kinds.js';
import { pageOf, type PageRequest } from './page-of.js';

interface NamedModel {
  readonly id: string;
  readonly listed: Readonly<Record<string, unknown>>;
}

/** Every model that a caller may use by the id that `/v1` takes, with what is known of it. */
@Injectable()
export class ModelRows implements OnModuleInit {
  private prices: ModelPrices | undefined;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly catalog: ModelCatalog,
    private readonly router: RouterService,
    private readonly modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    this.prices = findSeam<ModelPrices>(this.modules, ModelPrices);
  }

  /** @throws {InvalidRequestError} for a cursor that no such list gave */
  async list(caller: Caller, page: PageRequest): Promise<ModelList> {
    const [own, ...others] = await Promise.all([this.listOwn(caller), ...this.listOthers(caller)]);
    const models = new Map<string, NamedModel>();
    for (const model of [own, ...others].flat()) if (!models.has(model.id)) models.set(model.id, model);
    const sorted = [...models.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const { data, nextCursor } = pageOf(sorted, ({ id }) => id, page);
    // A price that was never asked for takes its time to be found: only the rows shown are priced.
    return { data: data.map((model) => this.toRow(model)), nextCursor };
  }

  /** Routes, aliases, the demo model, and what the default upstream lists. */
  private async listOwn(caller: Caller): Promise<NamedModel[]> {
    const models = await this.catalog.list(caller);
    return models.map((listed) => ({ id: listed.id, listed }));
  }

  /** What other upstreams list is reached under their names; under strict routes the default upstream's too. */
  private listOthers(caller: Caller): Promise<NamedModel[]>[] {
    const { upstreams, strictModels } = this.config;
    return upstreams
      .filter(({ isDefault }) => !isDefault || strictModels)
      .map(async (upstream) => {
        const models = await this.catalog.listUpstream(upstream, caller);
        const named = models.map((listed) => ({ id: `${upstream.name}/${listed.id}`, listed }));
        return named.filter(({ id }) => mayUse(caller, id));
      });
  }

  private toRow({ id, listed }: NamedModel): ModelRow {
    const match = this.router.table.match(id);
    const upstream = match?.upstream ?? this.router.table.defaultUpstream;
    const served = match?.servedModel ?? id;
    const price = this.prices?.priceOf(upstream, served) ?? null;
    return {
      id,
      upstream: upstream.name,
      contextWindow: this.prices?.contextWindowOf(upstream, served) ?? null,
      input: inputKindsOf(served, listed),
      price: price && {
        input: price.input,
        cachedInput: price.cachedInput,
        cacheWrite: price.cacheWrite,
        output: price.output,
      },
      priceSource: price?.source ?? null,
    };
  }
}

function mayUse({ models }: Caller, id: string): boolean {
  return models === undefined || models.some((pattern) => globMatches(pattern, id));
}
