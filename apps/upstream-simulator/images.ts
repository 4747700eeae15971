import { splitIntoPieces } from '../../libs/demo-model/count-pieces.js';
import { recordOf, textOf } from '../../libs/demo-model/read-json.js';
import { type Answer, jsonAnswer } from './answer.js';
import { errorAnswer } from './api-error.js';
import type { SimulatorRequest } from './simulator-request.js';

/** A PNG of one transparent pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const TOKENS_PER_IMAGE = 272;
const MAX_IMAGES = 10;

/** `POST /images/generations`, `/images/edits` and `/images/variations`: pictures in base64, with usage in tokens. */
export function imageAnswer({ json, form, path }: SimulatorRequest): Answer {
  const field = (name: string) => form.find((entry) => entry.name === name)?.content.toString('utf8');
  const body = recordOf(json);
  const prompt = textOf(body['prompt']) || (field('prompt') ?? '');
  if (prompt === '' && path !== '/images/variations') {
    return errorAnswer(400, 'openai', { message: "Missing required parameter: 'prompt'.", param: 'prompt' });
  }
  const count = Math.min(Math.max(Number(body['n'] ?? field('n') ?? 1) || 1, 1), MAX_IMAGES);
  const textTokens = splitIntoPieces(prompt).length;
  const imageTokens = form.filter(({ name }) => name.startsWith('image')).length * TOKENS_PER_IMAGE;
  const outputTokens = count * TOKENS_PER_IMAGE;
  return jsonAnswer({
    created: 1_700_000_000,
    data: Array.from({ length: count }, () => ({ b64_json: PIXEL })),
    usage: {
      input_tokens: textTokens + imageTokens,
      input_tokens_details: { text_tokens: textTokens, image_tokens: imageTokens },
      output_tokens: outputTokens,
      total_tokens: textTokens + imageTokens + outputTokens,
    },
  });
}
