import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../../config/config.module.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import type { RequestContext } from '../../http/request-context.js';
import type { Settlement } from '../../http/settlement.js';
import { BoundedNames } from './bounded-names.js';
import { MetricsRegistry } from './metrics-registry.js';
import { TallyCounter, type Tally } from './tally-counter.js';
import { TallyMap } from './tally-map.js';
import { upstreamNames } from './upstream-names.js';

/** Model names are the clients' text: so many that are no route's are told apart, in the order in which they answer. */
const MAX_SEEN_MODELS = 100;
const NANO_PER_USD = 1e9;

/** Numbers of one model at one upstream. */
interface ModelTallies {
  readonly input: Tally;
  readonly cachedInput: Tally;
  readonly output: Tally;
  readonly reasoning: Tally;
  readonly costUsd: Tally;
  readonly unpriced: Tally;
}

/** Tokens and money by the model served. */
@Injectable()
export class UsageMetrics {
  private readonly models: BoundedNames;
  private readonly upstreams: BoundedNames;
  private readonly tallies: TallyMap<ModelTallies>;

  constructor({ registry }: MetricsRegistry, @Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    const registers = [registry];
    const routed = config.routes
      .filter(({ isGlob }) => !isGlob)
      .map(({ servedModel, pattern }) => servedModel ?? pattern);
    this.models = new BoundedNames([...routed, 'demo'], MAX_SEEN_MODELS);
    this.upstreams = new BoundedNames(upstreamNames(config), 0);
    const tokens = new TallyCounter({
      name: 'ai_gateway_tokens_total',
      help: 'Tokens by kind; cached_input is part of input, and reasoning of output.',
      labelNames: ['model', 'upstream', 'kind'],
      registers,
    });
    const costs = new TallyCounter({
      name: 'ai_gateway_cost_usd_total',
      help: 'What answers cost, USD.',
      labelNames: ['model', 'upstream'],
      registers,
    });
    const unpriced = new TallyCounter({
      name: 'ai_gateway_unpriced_calls_total',
      help: 'Calls whose price is unknown; their cost is in no sum.',
      labelNames: ['model', 'upstream'],
      registers,
    });
    this.tallies = new TallyMap((model, upstream) => ({
      input: tokens.tally({ model, upstream, kind: 'input' }),
      cachedInput: tokens.tally({ model, upstream, kind: 'cached_input' }),
      output: tokens.tally({ model, upstream, kind: 'output' }),
      reasoning: tokens.tally({ model, upstream, kind: 'reasoning' }),
      costUsd: costs.tally({ model, upstream }),
      unpriced: unpriced.tally({ model, upstream }),
    }));
  }

  count({ route, isRaw }: RequestContext, { usage, costNanoUsd }: Settlement): void {
    if (!route || isRaw) return;
    const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens } = usage;
    const isUsed = inputTokens > 0 || outputTokens > 0;
    // A name takes its place only by an answer, so that calls that fail cannot use the places up.
    const model = isUsed ? this.models.admit(route.servedModel) : this.models.find(route.servedModel);
    const tallies = this.tallies.of(model, this.upstreams.find(route.upstream));
    tallies.input.add(inputTokens);
    tallies.cachedInput.add(cachedInputTokens);
    tallies.output.add(outputTokens);
    tallies.reasoning.add(reasoningTokens);
    if (costNanoUsd === null) tallies.unpriced.add();
    else tallies.costUsd.add(costNanoUsd / NANO_PER_USD);
  }
}
