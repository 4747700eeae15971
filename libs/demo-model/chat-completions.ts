import { composeOutput } from './compose-output.js';
import { invalidValue, missingParameter } from './demo-error.js';
import type { DemoContext, DemoFrame, DemoReply } from './reply-types.js';
import { dataEvent, DONE, jsonReply, streamReply } from './frames.js';
import { type LimitedOutput, limitOutput, stopSequencesOf, tokensOfCall } from './limit-output.js';
import { readChat } from './read-chat.js';
import { type JsonRecord, listOf, recordOf, wholeNumberOf } from './read-json.js';
import { splitIntoPieces } from './count-pieces.js';

const MAX_CHOICES = 128;

interface ChatAnswer {
  readonly base: JsonRecord;
  readonly choices: readonly LimitedOutput[];
  readonly usage: JsonRecord;
}

/** `POST /chat/completions`, buffered or as a stream of `chat.completion.chunk`. */
export function replyToChat(body: JsonRecord, context: DemoContext): DemoReply {
  if (listOf(body['messages']).length === 0) return missingParameter('messages');
  const count = body['n'] === undefined || body['n'] === null ? 1 : wholeNumberOf(body['n'], 1);
  if (count === null || count > MAX_CHOICES) return invalidValue('n', `a whole number from 1 to ${MAX_CHOICES}`);
  const given = body['max_completion_tokens'] ?? body['max_tokens'] ?? null;
  const maxTokens = wholeNumberOf(given, 1);
  if (given !== null && maxTokens === null) return invalidValue('max_tokens', 'a whole number of at least 1');

  const conversation = readChat(body);
  const limits = { stop: stopSequencesOf(body['stop']), maxTokens };
  const choices = Array.from({ length: count }, (_, index) => limitOutput(composeOutput(conversation, index), limits));
  const outputTokens = choices.reduce((sum, choice) => sum + choice.outputTokens, 0);
  const answer: ChatAnswer = {
    base: {
      id: `chatcmpl-${context.id()}`,
      object: 'chat.completion',
      created: context.nowSeconds(),
      model: body['model'],
      service_tier: 'default',
      system_fingerprint: 'fp_demo',
    },
    choices,
    usage: chatUsage(conversation.inputTokens, outputTokens),
  };
  if (body['stream'] !== true) return buffered(answer, context, outputTokens);
  const includesUsage = recordOf(body['stream_options'])['include_usage'] === true;
  return streamReply(() => chunks(answer, context, includesUsage));
}

/** `usage` as chat and completions have it; the total is the sum of its parts. */
export function chatUsage(promptTokens: number, completionTokens: number): JsonRecord {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

export function finishReason({ finish }: LimitedOutput): string {
  return finish === 'stop_sequence' ? 'stop' : finish;
}

function buffered(answer: ChatAnswer, context: DemoContext, outputTokens: number): DemoReply {
  const choices = answer.choices.map((output, index) => {
    const toolCalls = output.toolCalls.map((call) => ({
      id: `call_${context.id()}`,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    }));
    const content = toolCalls.length > 0 && output.pieces.length === 0 ? null : output.pieces.join('');
    const message = { role: 'assistant', content, refusal: null, annotations: [] };
    return {
      index,
      message: toolCalls.length > 0 ? { ...message, tool_calls: toolCalls } : message,
      logprobs: null,
      finish_reason: finishReason(output),
    };
  });
  return jsonReply({ ...answer.base, choices, usage: answer.usage }, 200, outputTokens);
}

function* chunks(answer: ChatAnswer, context: DemoContext, includesUsage: boolean): Generator<DemoFrame> {
  const base = { ...answer.base, object: 'chat.completion.chunk' };
  const chunk = (index: number, delta: JsonRecord, finish: string | null, tokens = 0): DemoFrame => {
    const choices = [{ index, delta, logprobs: null, finish_reason: finish }];
    const event = includesUsage ? { ...base, choices, usage: null } : { ...base, choices };
    return dataEvent(event, context.msPerToken * tokens, tokens);
  };
  for (const [index, output] of answer.choices.entries()) {
    const content = output.toolCalls.length > 0 ? null : '';
    yield chunk(index, { role: 'assistant', content, refusal: null }, null);
  }
  const longest = Math.max(...answer.choices.map(({ pieces }) => pieces.length));
  for (let position = 0; position < longest; position += 1) {
    for (const [index, { pieces }] of answer.choices.entries()) {
      const piece = pieces[position];
      if (piece !== undefined) yield chunk(index, { content: piece }, null, 1);
    }
  }
  for (const [index, output] of answer.choices.entries()) {
    yield* toolCallDeltas(output, context, (delta, tokens) => chunk(index, delta, null, tokens));
  }
  for (const [index, output] of answer.choices.entries()) yield chunk(index, {}, finishReason(output));
  if (includesUsage) yield dataEvent({ ...base, choices: [], usage: answer.usage });
  yield DONE;
}

function* toolCallDeltas(
  { toolCalls }: LimitedOutput,
  context: DemoContext,
  chunk: (delta: JsonRecord, tokens: number) => DemoFrame,
): Generator<DemoFrame> {
  for (const [index, call] of toolCalls.entries()) {
    const opened = {
      index,
      id: `call_${context.id()}`,
      type: 'function',
      function: { name: call.name, arguments: '' },
    };
    const pieces = splitIntoPieces(call.arguments);
    yield chunk({ tool_calls: [opened] }, tokensOfCall(call) - pieces.length);
    for (const piece of pieces) yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] }, 1);
  }
}
