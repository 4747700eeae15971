import { chatUsage, finishReason } from './chat-completions.js';
import { composeOutput } from './compose-output.js';
import { PromptCounter } from './count-pieces.js';
import { type DemoConversation, MAX_PROMPT_CHARACTERS } from './demo-conversation.js';
import { invalidValue, missingParameter } from './demo-error.js';
import type { DemoContext, DemoFrame, DemoReply } from './reply-types.js';
import { dataEvent, DONE, jsonReply, streamReply } from './frames.js';
import { type LimitedOutput, limitOutput, stopSequencesOf } from './limit-output.js';
import { type JsonRecord, recordOf, wholeNumberOf } from './read-json.js';
import { textInputsOf } from './text-inputs.js';

const DEFAULT_MAX_TOKENS = 16;
const MAX_CHOICES = 128;

/** `POST /completions`: one answer per prompt and `n`, at most 16 tokens each when `max_tokens` is not given. */
export function replyToCompletion(body: JsonRecord, context: DemoContext): DemoReply {
  const prompts = textInputsOf(body['prompt']);
  if (prompts.length === 0) return missingParameter('prompt');
  const count = wholeNumberOf(body['n'] ?? 1, 1);
  if (count === null || count * prompts.length > MAX_CHOICES)
    return invalidValue('n', `at most ${MAX_CHOICES} answers`);
  const maxTokens = wholeNumberOf(body['max_tokens'] ?? DEFAULT_MAX_TOKENS, 1);
  if (maxTokens === null) return invalidValue('max_tokens', 'a whole number of at least 1');

  const counter = new PromptCounter();
  for (const prompt of prompts) counter.add(prompt);
  const limits = { stop: stopSequencesOf(body['stop']), maxTokens };
  const choices = prompts.flatMap((prompt) =>
    Array.from({ length: count }, (_, index) => limitOutput(composeOutput(plainConversation(prompt), index), limits)),
  );
  const outputTokens = choices.reduce((sum, choice) => sum + choice.outputTokens, 0);
  const usage = chatUsage(counter.total, outputTokens);
  const base = {
    id: `cmpl-${context.id()}`,
    object: 'text_completion',
    created: context.nowSeconds(),
    model: body['model'],
    system_fingerprint: 'fp_demo',
  };
  if (body['stream'] === true) {
    const includesUsage = recordOf(body['stream_options'])['include_usage'] === true;
    return streamReply(() => chunks(base, choices, context, includesUsage ? usage : null));
  }
  const answers = choices.map((output, index) => ({
    text: output.pieces.join(''),
    index,
    logprobs: null,
    finish_reason: finishReason(output),
  }));
  return jsonReply({ ...base, choices: answers, usage }, 200, outputTokens);
}

function* chunks(
  base: JsonRecord,
  choices: readonly LimitedOutput[],
  context: DemoContext,
  usage: JsonRecord | null,
): Generator<DemoFrame> {
  const chunk = (index: number, text: string, finish: string | null): DemoFrame => {
    const event = { ...base, choices: [{ text, index, logprobs: null, finish_reason: finish }] };
    const tokens = finish === null ? 1 : 0;
    return dataEvent(usage === null ? event : { ...event, usage: null }, context.msPerToken * tokens, tokens);
  };
  for (const [index, output] of choices.entries()) {
    for (const piece of output.pieces) yield chunk(index, piece, null);
    yield chunk(index, '', finishReason(output));
  }
  if (usage !== null) yield dataEvent({ ...base, choices: [], usage });
  yield DONE;
}

function plainConversation(prompt: string): DemoConversation {
  return {
    prompt: prompt.slice(0, MAX_PROMPT_CHARACTERS),
    imageCount: 0,
    toolResults: [],
    tools: [],
    toolChoice: { kind: 'none' },
    allowsParallelCalls: false,
    format: { kind: 'text' },
    inputTokens: 0,
  };
}
