import type { PromptFormat } from './prompt-format.js';

/** OpenAI's amount for `detail: "low"`. */
const LOW_DETAIL_TOKENS = 85;
/** OpenAI's amount for a square of 1024 × 1024: 85 + 4 tiles of 170. */
const HIGH_DETAIL_TOKENS = 765;
/** Anthropic scales images down to about 1.15 megapixels, at 750 pixels a token. */
const ANTHROPIC_TOKENS = 1_600;

/**
 * A fixed amount for an image of a prompt: its size is not read, since it may be remote or encoded.
 * @param part the content part: `image_url` (chat), `input_image` (Responses) or `image` (Messages)
 * @see https://platform.openai.com/docs/guides/images-vision#calculating-costs
 */
export function imageTokens(part: Readonly<Record<string, unknown>>, format: PromptFormat): number {
  if (format === 'messages') return ANTHROPIC_TOKENS;
  const image = part['image_url'];
  const detail =
    typeof image === 'object' && image !== null
      ? (image as Readonly<Record<string, unknown>>)['detail']
      : part['detail'];
  return detail === 'low' ? LOW_DETAIL_TOKENS : HIGH_DETAIL_TOKENS;
}
