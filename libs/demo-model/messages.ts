import { composeOutput } from './compose-output.js';
import { splitIntoPieces } from './count-pieces.js';
import { invalidValue, missingParameter } from './demo-error.js';
import type { DemoContext, DemoFrame, DemoReply } from './reply-types.js';
import { jsonReply, type NamedData, namedEvent, streamReply } from './frames.js';
import { type DemoFinish, type LimitedOutput, limitOutput, stopSequencesOf, tokensOfCall } from './limit-output.js';
import { type JsonRecord, listOf, wholeNumberOf } from './read-json.js';
import { readMessages } from './read-messages.js';

const STOP_REASONS: Readonly<Record<DemoFinish, string>> = {
  stop: 'end_turn',
  stop_sequence: 'stop_sequence',
  length: 'max_tokens',
  tool_calls: 'tool_use',
};

interface MessageBlock {
  /** The finished block. */
  readonly block: JsonRecord;
  /** The block as it opens in a stream. */
  readonly opened: JsonRecord;
  readonly openingTokens: number;
  readonly deltas: readonly JsonRecord[];
}

/** Anthropic's `POST /messages`, buffered or as its sequence of events. */
export function replyToMessages(body: JsonRecord, context: DemoContext): DemoReply {
  if (listOf(body['messages']).length === 0) return missingParameter('messages', true);
  const given = body['max_tokens'];
  if (given === undefined || given === null) return missingParameter('max_tokens', true);
  const maxTokens = wholeNumberOf(given, 1);
  if (maxTokens === null) return invalidValue('max_tokens', 'a whole number of at least 1', true);

  const conversation = readMessages(body);
  const stop = stopSequencesOf(body['stop_sequences']);
  const output = limitOutput(composeOutput(conversation), { stop, maxTokens });
  const blocks = blocksOf(output, context);
  const message = {
    id: `msg_${context.id()}`,
    type: 'message',
    role: 'assistant',
    model: body['model'],
    content: blocks.map(({ block }) => block),
    stop_reason: STOP_REASONS[output.finish],
    stop_sequence: output.stopSequence,
    usage: messageUsage(conversation.inputTokens, output.outputTokens),
  };
  if (body['stream'] !== true) return jsonReply(message, 200, output.outputTokens);
  return streamReply(() => messageEvents(message, blocks, output, conversation.inputTokens, context.msPerToken));
}

/** Anthropic's `POST /messages/count_tokens`. */
export function countMessageTokens(body: JsonRecord, _context: DemoContext): DemoReply {
  if (listOf(body['messages']).length === 0) return missingParameter('messages', true);
  return jsonReply({ input_tokens: readMessages(body).inputTokens });
}

function messageUsage(inputTokens: number, outputTokens: number): JsonRecord {
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

function blocksOf(output: LimitedOutput, context: DemoContext): readonly MessageBlock[] {
  const text: MessageBlock = {
    block: { type: 'text', text: output.pieces.join('') },
    opened: { type: 'text', text: '' },
    openingTokens: 0,
    deltas: output.pieces.map((piece) => ({ type: 'text_delta', text: piece })),
  };
  const calls = output.toolCalls.map((call): MessageBlock => {
    const block = { type: 'tool_use', id: `toolu_${context.id()}`, name: call.name };
    const pieces = splitIntoPieces(call.arguments);
    const input: unknown = JSON.parse(call.arguments);
    return {
      block: { ...block, input },
      opened: { ...block, input: {} },
      openingTokens: tokensOfCall(call) - pieces.length,
      deltas: pieces.map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
    };
  });
  return output.pieces.length === 0 && calls.length > 0 ? calls : [text, ...calls];
}

function* messageEvents(
  message: JsonRecord,
  blocks: readonly MessageBlock[],
  output: LimitedOutput,
  inputTokens: number,
  msPerToken: number,
): Generator<DemoFrame> {
  const event = (data: NamedData, tokens = 0) => namedEvent(data, tokens * msPerToken, tokens);
  const opened = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: messageUsage(inputTokens, 1),
  };
  yield event({ type: 'message_start', message: opened });
  for (const [index, { opened: block, openingTokens, deltas }] of blocks.entries()) {
    yield event({ type: 'content_block_start', index, content_block: block }, openingTokens);
    if (index === 0) yield event({ type: 'ping' });
    for (const delta of deltas) yield event({ type: 'content_block_delta', index, delta }, 1);
    yield event({ type: 'content_block_stop', index });
  }
  const ending = { stop_reason: message['stop_reason'], stop_sequence: message['stop_sequence'] };
  const usage = { output_tokens: output.outputTokens };
  yield event({ type: 'message_delta', delta: ending, usage });
  yield event({ type: 'message_stop' });
}
