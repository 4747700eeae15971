import { addUsageCost } from '../../libs/openai/include-cost.js';
import { nanoUsdToDecimal } from '../../libs/pricing/money.js';
import type { ModelCall } from '../http/model-call.js';

/**
 * Puts the cost into the usage object of an answer's body, or of one event of its stream.
 * @param data the body, or the event's wire text
 * @returns the same data when it has no usage object
 */
export function withUsageCost(data: string | Buffer, call: ModelCall, costNanoUsd: number): string | Buffer {
  const costUsd = nanoUsdToDecimal(costNanoUsd);
  if (!call.isStream) {
    const text = typeof data === 'string' ? data : data.toString('utf8');
    return addUsageCost(text, costUsd, 'usage');
  }
  if (typeof data !== 'string') return data;
  const path = call.format === 'responses' ? 'response.usage' : 'usage';
  return data.replace(DATA_LINE, (line, prefix: string, json: string) => {
    const changed = addUsageCost(json, costUsd, path);
    return changed === json ? line : prefix + changed;
  });
}

/** An event that carries usage is JSON on one data line; events without content may stand before it. */
const DATA_LINE = /^(data: ?)(\{.*\})/gm;
