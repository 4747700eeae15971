import { isRecord, type JsonRecord, recordOf } from '../../libs/demo-model/read-json.js';

/** Token counts in one shape for all APIs. `inputTokens` contains cached and cache-writing ones. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

export const NO_TOKENS: TokenCounts = {
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

/** The usage object that an event or a whole body reports, wherever its API puts it; null when there is none. */
export function usageIn(text: string): JsonRecord | null {
  if (!text.includes('"usage"')) return null;
  const data = /^data: ?(.*)$/m.exec(text)?.[1] ?? text;
  const body = recordOf(parsed(data));
  const usage = body['usage'] ?? recordOf(body['message'])['usage'] ?? recordOf(body['response'])['usage'];
  return isRecord(usage) ? usage : null;
}

/** Counts of a usage object of chat, completions, embeddings, Responses, audio, images or Messages. */
export function countsOf(usage: JsonRecord): TokenCounts {
  const prompt = usage['prompt_tokens'];
  if (typeof prompt === 'number') {
    return {
      inputTokens: prompt,
      cachedInputTokens: numberIn(recordOf(usage['prompt_tokens_details']), 'cached_tokens'),
      cacheWriteTokens: 0,
      outputTokens: numberIn(usage, 'completion_tokens'),
      reasoningTokens: numberIn(recordOf(usage['completion_tokens_details']), 'reasoning_tokens'),
    };
  }
  const cacheRead = numberIn(usage, 'cache_read_input_tokens');
  const cacheWritten = numberIn(usage, 'cache_creation_input_tokens');
  const details = recordOf(usage['input_tokens_details']);
  return {
    inputTokens: numberIn(usage, 'input_tokens') + cacheRead + cacheWritten,
    cachedInputTokens: cacheRead + numberIn(details, 'cached_tokens'),
    cacheWriteTokens: cacheWritten,
    outputTokens: numberIn(usage, 'output_tokens'),
    reasoningTokens: numberIn(recordOf(usage['output_tokens_details']), 'reasoning_tokens'),
  };
}

export function addCounts(left: TokenCounts, right: TokenCounts, factor: 1 | -1 = 1): TokenCounts {
  return {
    inputTokens: left.inputTokens + factor * right.inputTokens,
    cachedInputTokens: left.cachedInputTokens + factor * right.cachedInputTokens,
    cacheWriteTokens: left.cacheWriteTokens + factor * right.cacheWriteTokens,
    outputTokens: left.outputTokens + factor * right.outputTokens,
    reasoningTokens: left.reasoningTokens + factor * right.reasoningTokens,
  };
}

function numberIn(record: JsonRecord, name: string): number {
  const value = record[name];
  return typeof value === 'number' ? value : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A script may send broken JSON on purpose; it reports nothing.
    return null;
  }
}
