import { count, type Fields, fieldsOf, sum } from './counts.js';
import { NO_USAGE, type TokenUsage } from './token-usage.js';

/** Anthropic counts cached and written tokens beside `input_tokens`; null when nothing is counted. */
export function readAnthropic(usage: Fields): TokenUsage | null {
  const uncached = count(usage['input_tokens']);
  const cached = count(usage['cache_read_input_tokens']);
  const writes = fieldsOf(usage['cache_creation']);
  const write1h = count(writes?.['ephemeral_1h_input_tokens']);
  const write5m = count(writes?.['ephemeral_5m_input_tokens']);
  const written = count(usage['cache_creation_input_tokens']) ?? sum(write5m, write1h);
  const output = count(usage['output_tokens']);
  if ([uncached, cached, written, output].every((value) => value === undefined)) return null;
  const outputDetails = fieldsOf(usage['output_tokens_details']);
  return {
    ...NO_USAGE,
    inputTokens: sum(uncached, cached, written) ?? 0,
    cachedInputTokens: cached ?? 0,
    cacheWriteTokens: written ?? 0,
    cacheWrite1hTokens: write1h ?? 0,
    outputTokens: output ?? 0,
    reasoningTokens: count(outputDetails?.['thinking_tokens']) ?? 0,
  };
}
