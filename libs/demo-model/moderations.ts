import { missingParameter } from './demo-error.js';
import type { DemoContext, DemoReply } from './reply-types.js';
import { jsonReply } from './frames.js';
import { type JsonRecord, listOf, recordOf, textOf } from './read-json.js';

const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;

const VIOLENCE = /\b(?:kill|murder|shoot|stab|bomb)/i;

/** `POST /moderations`: a crude rule for violence and nothing else, in the shape of the real answer. */
export function replyToModerations(body: JsonRecord, context: DemoContext): DemoReply {
  const { input } = body;
  if (input === undefined || input === null) return missingParameter('input');
  const isList = listOf(input).every((entry) => typeof entry === 'string');
  const texts = isList && Array.isArray(input) ? input : [input];
  return jsonReply({ id: `modr-${context.id()}`, model: body['model'], results: texts.map((text) => judge(text)) });
}

function judge(input: unknown): JsonRecord {
  const parts = listOf(input).map((part) => textOf(recordOf(part)['text']));
  const text = typeof input === 'string' ? input : parts.join('\n');
  const isViolent = VIOLENCE.test(text.slice(0, 50_000));
  const of = <T>(value: (category: string) => T) => Object.fromEntries(CATEGORIES.map((name) => [name, value(name)]));
  return {
    flagged: isViolent,
    categories: of((name) => isViolent && name === 'violence'),
    category_scores: of((name) => (isViolent && name === 'violence' ? 0.98 : 0.0001)),
    category_applied_input_types: of(() => ['text']),
  };
}
