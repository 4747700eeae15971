import { Injectable } from '@nestjs/common';
import { costNanoUsd } from '../../libs/pricing/cost-nano-usd.js';
import { isFreePrice } from '../../libs/pricing/is-free-price.js';
import type { ModelPrice } from '../../libs/pricing/model-price.js';
import { guessPromptTokens } from '../../libs/tokens/estimate-prompt-tokens.js';
import { MAX_TOKENS, NO_USAGE } from '../../libs/usage/token-usage.js';
import type { RequestContext } from '../http/request-context.js';
import { PriceService } from './price.service.js';
import { RecentOutputs } from './recent-outputs.js';

/** What a call will probably use; reserved before it is made. */
export interface CallEstimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when unknown. */
  readonly price: ModelPrice | null;
  /** Integer nano-USD; 0 when the price is unknown. */
  readonly nanoUsd: number;
  /** Nothing will be charged whatever is used: the model is free, or its price unknown. */
  readonly isUncharged: boolean;
}

const NOTHING: CallEstimate = { inputTokens: 0, outputTokens: 0, price: null, nanoUsd: 0, isUncharged: true };

/** The fields in which clients bound an answer, the newest first. */
const OUTPUT_BOUNDS = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const;

/** Guesses, at once, what a call will use: its prompt counted, its answer as long as asked for or as usual. */
@Injectable()
export class CallEstimator {
  private readonly outputs = new RecentOutputs();

  constructor(private readonly prices: PriceService) {}

  estimate(context: RequestContext): CallEstimate {
    const { call, target, caller } = context;
    if (context.isRaw || !call || !target) return NOTHING;
    const guessed = guessPromptTokens(call.fields, call.format);
    const window = this.prices.contextWindowOf(target.upstream, target.servedModel);
    const inputTokens = Math.min(guessed, window ?? MAX_TOKENS);
    const hasNoOutput = call.format === 'embeddings' || call.format === 'moderations';
    const usual = hasNoOutput ? 0 : this.outputs.largestOf(caller.keyId, target.servedModel);
    const outputTokens = Math.min(askedOutputOf(call.fields) ?? usual, MAX_TOKENS);
    const price = this.prices.priceOfCall(context, inputTokens);
    const nanoUsd = price === null ? 0 : costNanoUsd({ ...NO_USAGE, inputTokens, outputTokens }, price);
    context.onSettle(({ usage }) => {
      if (usage.outputTokens > 0) this.outputs.note(caller.keyId, target.servedModel, usage.outputTokens);
    });
    return { inputTokens, outputTokens, price, nanoUsd, isUncharged: price === null || isFreePrice(price) };
  }
}

function askedOutputOf(fields: Readonly<Record<string, unknown>>): number | undefined {
  const asked = OUTPUT_BOUNDS.map((name) => fields[name]).find(isCount);
  if (asked === undefined) return undefined;
  const { n } = fields;
  return isCount(n) ? asked * n : asked;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
