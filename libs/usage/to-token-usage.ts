import { readAnthropic } from './anthropic-usage.js';
import { type Fields, fieldsOf } from './counts.js';
import { readOpenAi } from './openai-usage.js';
import { MAX_TOKENS, NO_USAGE, type TokenUsage } from './token-usage.js';

/** Whose rules a usage object follows: does `input_tokens` contain the cached tokens (OpenAI) or not (Anthropic)? */
export type UsageFormat = 'openai' | 'anthropic';

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
