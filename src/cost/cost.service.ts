import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { costNanoUsd, isCostKnown } from '../../libs/pricing/cost-nano-usd.js';
import { isFreePrice } from '../../libs/pricing/is-free-price.js';
import { nanoUsdToDecimal } from '../../libs/pricing/money.js';
import { preloadTokenizer } from '../../libs/tokens/count-tokens.js';
import { NO_USAGE, type TokenUsage, type UsageSource } from '../../libs/usage/token-usage.js';
import { PendingCount } from '../http/pending-count.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { RequestContext } from '../http/request-context.js';
import { Budgets } from './budgets.service.js';
import type { CallMeter } from './call-meter.js';
import { COSTS_NOTHING, type CallCost, type CallOutcome } from './call-outcome.js';
import type { CallReservation } from './call-reservation.js';
import { LedgerService } from './ledger.service.js';
import { PriceService } from './price.service.js';
import { UsageEstimator } from './usage-estimator.js';

/** Says what a call used and costs when it ends, and settles its row. */
@Injectable()
export class CostService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('cost');
  private readonly settling = new PendingCount();

  constructor(
    private readonly ledger: LedgerService,
    private readonly prices: PriceService,
    private readonly estimator: UsageEstimator,
    private readonly budgets: Budgets,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** Before calls come: loading the tokenizer would hold them up for a fifth of a second. */
  async onApplicationBootstrap(): Promise<void> {
    await preloadTokenizer();
  }

  /** Whether text of this request may be stored. */
  keepsText({ isTextUnlogged }: RequestContext): boolean {
    const { isEnabled, previewChars } = this.config.promptLog;
    return isEnabled && previewChars > 0 && !isTextUnlogged;
  }

  /** The money held for a call whose caller has a budget. */
  reservationOf(context: RequestContext): CallReservation | undefined {
    return this.budgets.reservationOf(context);
  }

  /** @throws {StorageUnavailableError} the call must not be made */
  open(context: RequestContext): Promise<void> {
    return this.ledger.open(context);
  }

  /** Calls whose client is gone may still be counted when the gateway stops. */
  beforeApplicationShutdown(): Promise<void> {
    return this.settling.whenNone();
  }

  /** Settles the row; the cost is in the answer's headers or trailers before the promise resolves. Never rejects. */
  async settle(meter: CallMeter, outcome: CallOutcome): Promise<void> {
    this.settling.begin();
    await this.settleOnce(meter, outcome);
    this.settling.end();
  }

  costOf(context: RequestContext, usage: TokenUsage, usageSource: UsageSource): CallCost {
    const price = this.prices.priceOfCall(context, usage.inputTokens);
    if (price === null) this.prices.noteUnpriced(context);
    const isKnown = price !== null && isCostKnown(usage, price);
    return { usage, usageSource, price, costNanoUsd: isKnown ? costNanoUsd(usage, price) : null };
  }

  private async settleOnce(meter: CallMeter, outcome: CallOutcome): Promise<void> {
    const { context } = meter;
    let isDeferred = false;
    try {
      const reported = this.reportedCost(meter, outcome);
      const cost = reported ?? (await this.estimatedCost(meter));
      if (outcome.status === 'ok') showCost(context, cost);
      if (context.tries.length > 0) context.settle(cost);
      isDeferred = (await this.ledger.settle(context, outcome, cost)) === 'deferred';
    } catch (error) {
      this.logger.error({ event: 'settlement_failed', requestId: context.requestId, error: String(error) });
    } finally {
      this.budgets.close(context, isDeferred);
    }
  }

  /** The cost where nothing has to be counted; undefined where it has. */
  private reportedCost(
    { context, usage, unreported, hasAnswered }: CallMeter,
    outcome: CallOutcome,
  ): CallCost | undefined {
    if (context.isRaw) return COSTS_NOTHING;
    const isWhole = outcome.status === 'ok' || unreported.isEmpty;
    if (usage && isWhole) return this.costOf(context, usage, 'upstream');
    if (usage) return undefined;
    // An upstream that failed before it answered charges nothing; nor does one that was not called.
    const wasWorking = outcome.status === 'aborted' && isUnderWay(context);
    if (!hasAnswered && !wasWorking) return this.withPrice(context);
    // Moderation is free, and so is counting tokens.
    return context.call?.format === 'moderations' ? COSTS_NOTHING : undefined;
  }

  private async estimatedCost({ context, usage, unreported }: CallMeter): Promise<CallCost> {
    const { call } = context;
    const model = context.target?.servedModel ?? call?.model ?? '';
    if (usage) return this.costOf(context, await this.estimator.extend(usage, model, unreported), 'estimated');
    if (!call || !this.estimator.canEstimate(call)) return this.unknownCost(context);
    const { target } = context;
    const contextWindow = target ? this.prices.contextWindowOf(target.upstream, target.servedModel) : null;
    return this.costOf(context, await this.estimator.estimate(call, model, unreported, contextWindow), 'estimated');
  }

  private withPrice(context: RequestContext): CallCost {
    return { ...COSTS_NOTHING, price: this.prices.priceOfCall(context) };
  }

  /** Something was used and nobody knows how much: unknown, unless it is free anyway. */
  private unknownCost(context: RequestContext): CallCost {
    const price = this.prices.priceOfCall(context);
    return {
      usage: NO_USAGE,
      usageSource: 'none',
      price,
      costNanoUsd: price !== null && isFreePrice(price) ? 0 : null,
    };
  }
}

/** The upstream was at work when the call ended: a try was neither answered nor had failed. */
function isUnderWay({ tries }: RequestContext): boolean {
  const last = tries.at(-1);
  return last !== undefined && (last.error === null || last.error === 'aborted');
}

function showCost(context: RequestContext, { costNanoUsd: cost, price }: CallCost): void {
  if (cost === null || price === null || !context.call) return;
  const costUsd = nanoUsdToDecimal(cost);
  if (context.call.isStream) context.trailers['X-Cost-USD'] = costUsd;
  else context.responseHeaders['X-Cost-USD'] = costUsd;
}
