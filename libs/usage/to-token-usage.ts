import { MAX_TOKENS, NO_USAGE, type TokenUsage } from './token-usage.js';

/** Whose rules a usage object follows: does `input_tokens` contain the cached tokens (OpenAI) or not (Anthropic)? */
export type UsageFormat = 'openai' | 'anthropic';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the `usage` object of any answer into one shape. Understood: chat, completions and embeddings
 * (`prompt_tokens` …), Responses, images and transcriptions (`input_tokens` with details), Anthropic Messages
 * (`input_tokens` without cached ones, `cache_*_input_tokens`), and the variants of DeepSeek, OpenRouter, vLLM,
 * Moonshot and LiteLLM. A report replaces the one before it; it is never added.
 * @param raw the value found under `usage`; anything at all
 * @param format settles whose rules hold; without it the fields decide
 * @returns null when nothing is reported (`null`, missing, `{}`, only nulls). Never throws: nonsense numbers are
 * clamped, so that the invariants of `TokenUsage` hold for whatever an upstream sends.
 */
export function toTokenUsage(raw: unknown, format?: UsageFormat): TokenUsage | null {
  const usage = fieldsOf(raw);
  if (usage === null) return null;
  if (usage['type'] === 'duration') return toDurationUsage(usage);
  const isAnthropic = (format ?? formatOf(usage)) === 'anthropic';
  const counts = isAnthropic ? readAnthropic(usage) : readOpenAi(usage);
  return counts === null ? null : withinTheirWholes(counts);
}

/**
 * `prompt_tokens` is OpenAI's even beside `cache_*` keys (LiteLLM sends both, contained). Input details are OpenAI's
 * (Anthropic has details of the output only). With bare `input_tokens` and `output_tokens` both readings are equal.
 */
function formatOf(usage: Fields): UsageFormat {
  if ('prompt_tokens' in usage || 'completion_tokens' in usage) return 'openai';
  if (fieldsOf(usage['input_tokens_details']) !== null || fieldsOf(usage['input_token_details']) !== null) {
    return 'openai';
  }
  const hasCacheKeys =
    'cache_creation_input_tokens' in usage || 'cache_read_input_tokens' in usage || 'cache_creation' in usage;
  return hasCacheKeys ? 'anthropic' : 'openai';
}

function readAnthropic(usage: Fields): TokenUsage | null {
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
    inputTokens: sum(uncached, cached, written) ?? 0,
    cachedInputTokens: cached ?? 0,
    cacheWriteTokens: written ?? 0,
    cacheWrite1hTokens: write1h ?? 0,
    outputTokens: output ?? 0,
    reasoningTokens: count(outputDetails?.['thinking_tokens']) ?? 0,
    audioInputTokens: 0,
    audioOutputTokens: 0,
    imageInputTokens: 0,
    imageOutputTokens: 0,
  };
}

function readOpenAi(usage: Fields): TokenUsage | null {
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

  const imageInput = count(inputDetails?.['image_tokens']);
  // An image answer of the first models says nothing of its output's kind: all of it is image.
  const isImageAnswer = imageInput !== undefined && outputDetails === null && 'input_tokens' in usage;
  return {
    inputTokens: input ?? 0,
    cachedInputTokens:
      firstCount(inputDetails?.['cached_tokens'], hits, usage['cached_tokens'], usage['cache_read_input_tokens']) ?? 0,
    cacheWriteTokens:
      firstCount(
        inputDetails?.['cache_write_tokens'],
        inputDetails?.['cache_creation_tokens'],
        usage['cache_creation_input_tokens'],
      ) ?? 0,
    cacheWrite1hTokens: count(fieldsOf(usage['cache_creation'])?.['ephemeral_1h_input_tokens']) ?? 0,
    outputTokens: output ?? 0,
    reasoningTokens: firstCount(outputDetails?.['reasoning_tokens'], usage['reasoning_tokens']) ?? 0,
    audioInputTokens: count(inputDetails?.['audio_tokens']) ?? 0,
    audioOutputTokens: count(outputDetails?.['audio_tokens']) ?? 0,
    imageInputTokens: imageInput ?? 0,
    imageOutputTokens: count(outputDetails?.['image_tokens']) ?? (isImageAnswer ? (output ?? 0) : 0),
  };
}

function toDurationUsage(usage: Fields): TokenUsage | null {
  const seconds = usage['seconds'];
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return null;
  const audioMs = Math.min(Math.max(0, Math.round(seconds * 1_000)), MAX_TOKENS);
  return withinTheirWholes({ ...NO_USAGE, audioMs });
}

/** Cuts every part to what its whole leaves, in the order in which the parts are charged. */
function withinTheirWholes(counts: TokenUsage): TokenUsage {
  const input = Math.min(counts.inputTokens, MAX_TOKENS);
  const cached = Math.min(counts.cachedInputTokens, input);
  const written = Math.min(counts.cacheWriteTokens, input - cached);
  const audioInput = Math.min(counts.audioInputTokens, input);
  const output = Math.min(counts.outputTokens, MAX_TOKENS);
  const reasoning = Math.min(counts.reasoningTokens, output);
  const audioOutput = Math.min(counts.audioOutputTokens, output - reasoning);
  return {
    inputTokens: input,
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    cacheWrite1hTokens: Math.min(counts.cacheWrite1hTokens, written),
    outputTokens: output,
    reasoningTokens: reasoning,
    audioInputTokens: audioInput,
    audioOutputTokens: audioOutput,
    imageInputTokens: Math.min(counts.imageInputTokens, input - audioInput),
    imageOutputTokens: Math.min(counts.imageOutputTokens, output - reasoning - audioOutput),
    ...(counts.audioMs === undefined ? {} : { audioMs: counts.audioMs }),
  };
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A count as an integer from 0 to `MAX_TOKENS`; undefined when it is no number and no string of digits. */
function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  return Math.min(Math.max(0, Math.floor(number)), MAX_TOKENS);
}

function firstCount(...values: readonly unknown[]): number | undefined {
  for (const value of values) {
    const found = count(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sum(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}
