import { countTokens } from './count-tokens.js';
import { guessTokens } from './guess-tokens.js';
import type { PromptFormat } from './prompt-format.js';
import { promptParts } from './prompt-parts.js';

/**
 * Counts the input tokens of a request, for when the upstream does not report them.
 * @param fields a parsed body; its `model` chooses the encoding
 */
export async function estimatePromptTokens(
  fields: Readonly<Record<string, unknown>>,
  format: PromptFormat,
): Promise<number> {
  const { texts, fixedTokens } = promptParts(fields, format);
  const model = typeof fields['model'] === 'string' ? fields['model'] : '';
  return fixedTokens + (await countTokens(texts.join('\n'), model));
}

/** The same at once and roughly, for a reservation before the call. */
export function guessPromptTokens(fields: Readonly<Record<string, unknown>>, format: PromptFormat): number {
  const { texts, fixedTokens } = promptParts(fields, format);
  return fixedTokens + guessTokens(texts.join('\n'));
}
