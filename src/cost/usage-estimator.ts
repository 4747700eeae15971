import { Injectable } from '@nestjs/common';
import type { WireFormat } from '../../libs/openai/wire-format.js';
import { countTokens } from '../../libs/tokens/count-tokens.js';
import { estimatePromptTokens } from '../../libs/tokens/estimate-prompt-tokens.js';
import { NO_USAGE, type TokenUsage } from '../../libs/usage/token-usage.js';
import type { ModelCall } from '../http/model-call.js';
import type { ReceivedText } from './received-text.js';

/** Formats whose tokens can be counted from what was sent and received. */
const COUNTABLE: ReadonlySet<WireFormat> = new Set([
  'chat',
  'completions',
  'responses',
  'messages',
  'embeddings',
  'audio',
]);

/** Counts what an upstream did not report. */
@Injectable()
export class UsageEstimator {
  /** An upload's tokens, or an image's, cannot be told from its bytes. */
  canEstimate(call: ModelCall): boolean {
    return COUNTABLE.has(call.format) && call.json !== undefined;
  }

  /**
   * @param contextWindow the most input tokens that are possible; null when unknown
   */
  async estimate(
    call: ModelCall,
    model: string,
    received: ReceivedText,
    contextWindow: number | null,
  ): Promise<TokenUsage> {
    const counted = await estimatePromptTokens({ ...call.fields, model }, call.format);
    const inputTokens = contextWindow === null ? counted : Math.min(counted, contextWindow);
    return { ...NO_USAGE, inputTokens, outputTokens: await this.countReceived(model, received) };
  }

  /** A report that came early, and what came after it. */
  async extend(usage: TokenUsage, model: string, received: ReceivedText): Promise<TokenUsage> {
    return { ...usage, outputTokens: usage.outputTokens + (await this.countReceived(model, received)) };
  }

  private async countReceived(model: string, received: ReceivedText): Promise<number> {
    return Math.round((await countTokens(received.text, model)) * received.factor);
  }
}
