import { count, type Fields, fieldsOf, firstCount, sum } from './counts.js';
import type { TokenUsage } from './token-usage.js';

/** OpenAI's counts contain their parts: cached tokens the input, reasoning the output; null when nothing is counted. */
export function readOpenAi(usage: Fields): TokenUsage | null {
  const inputDetails =
    fieldsOf(usage['prompt_tokens_details']) ??
    fieldsOf(usage['input_tokens_details']) ??
    // Transcriptions and realtime spell it without the "s".
    fieldsOf(usage['input_token_details']);
  const outputDetails =
    fieldsOf(usage['completion_tokens_details']) ??
    fieldsOf(usage['output_tokens_details']) ??
    fieldsOf(usage['output_token_details']);

  const total = count(usage['total_tokens']);
  const output = firstCount(usage['completion_tokens'], usage['output_tokens']);
  const hits = count(usage['prompt_cache_hit_tokens']); // DeepSeek's
  const input =
    firstCount(usage['prompt_tokens'], usage['input_tokens']) ??
    sum(hits, count(usage['prompt_cache_miss_tokens'])) ??
    (total === undefined ? undefined : Math.max(0, total - (output ?? 0)));
  if (input === undefined && output === undefined) return null;

  const cached =
    firstCount(inputDetails?.['cached_tokens'], hits, usage['cached_tokens'], usage['cache_read_input_tokens']) ?? 0;
  const written =
    firstCount(
      inputDetails?.['cache_write_tokens'],
      inputDetails?.['cache_creation_tokens'],
      usage['cache_creation_input_tokens'],
    ) ?? 0;
  const reasoning = firstCount(outputDetails?.['reasoning_tokens'], usage['reasoning_tokens']) ?? 0;
  const beside = reasoningBesideOutput({ input, output, total, reasoning, cached: cached + written });

  const imageInput = count(inputDetails?.['image_tokens']);
  // An image answer of the first models says nothing of its output's kind: all of it is image.
  const isImageAnswer = imageInput !== undefined && outputDetails === null && 'input_tokens' in usage;
  return {
    inputTokens: input ?? 0,
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    cacheWrite1hTokens: count(fieldsOf(usage['cache_creation'])?.['ephemeral_1h_input_tokens']) ?? 0,
    outputTokens: (output ?? 0) + beside,
    reasoningTokens: Math.max(reasoning, beside),
    audioInputTokens: count(inputDetails?.['audio_tokens']) ?? 0,
    audioOutputTokens: count(outputDetails?.['audio_tokens']) ?? 0,
    imageInputTokens: imageInput ?? 0,
    imageOutputTokens: count(outputDetails?.['image_tokens']) ?? (isImageAnswer ? (output ?? 0) : 0),
  };
}

/**
 * xAI and Gemini bill reasoning as output but count it beside `completion_tokens`: only the total contains it, and
 * Gemini does not name it at all. So a total beyond input and output is reasoning, unless it is explained otherwise.
 * @see https://docs.x.ai/docs/key-information/consumption-and-rate-limits
 */
function reasoningBesideOutput(counts: {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly reasoning: number;
  readonly cached: number;
}): number {
  const { input, output, total, reasoning, cached } = counts;
  if (input === undefined || output === undefined || total === undefined) return 0;
  const gap = total - input - output;
  if (gap <= 0) return 0;
  const isNamed = reasoning === gap;
  const isUnexplained = reasoning === 0 && gap !== cached;
  return isNamed || isUnexplained ? gap : 0;
}
