import { composeOutput } from './compose-output.js';
import { invalidValue, missingParameter } from './demo-error.js';
import type { DemoContext, DemoReply } from './reply-types.js';
import { jsonReply, streamReply } from './frames.js';
import { type LimitedOutput, limitOutput } from './limit-output.js';
import { type JsonRecord, wholeNumberOf } from './read-json.js';
import { readResponses } from './read-responses.js';
import { type ResponseItem, responseEvents } from './response-events.js';

/** `POST /responses`, buffered or as its full sequence of events. */
export function replyToResponses(body: JsonRecord, context: DemoContext): DemoReply {
  if (body['input'] === undefined || body['input'] === null) return missingParameter('input');
  const given = body['max_output_tokens'] ?? null;
  const maxTokens = wholeNumberOf(given, 1);
  if (given !== null && maxTokens === null) return invalidValue('max_output_tokens', 'a whole number of at least 1');

  const conversation = readResponses(body);
  const output = limitOutput(composeOutput(conversation), { stop: [], maxTokens });
  const isIncomplete = output.finish === 'length';
  const opened = openResponse(body, context);
  const items = itemsOf(output, isIncomplete ? 'incomplete' : 'completed', context);
  const closed = {
    ...opened,
    status: isIncomplete ? 'incomplete' : 'completed',
    incomplete_details: isIncomplete ? { reason: 'max_output_tokens' } : null,
    output: items.map(({ item }) => item),
    usage: {
      input_tokens: conversation.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: conversation.inputTokens + output.outputTokens,
    },
  };
  if (body['stream'] !== true) return jsonReply(closed, 200, output.outputTokens);
  return streamReply(() => responseEvents({ opened, closed, items }, context.msPerToken));
}

function openResponse(body: JsonRecord, context: DemoContext): JsonRecord {
  return {
    id: `resp_${context.id()}`,
    object: 'response',
    created_at: context.nowSeconds(),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    model: body['model'],
    output: [],
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: body['previous_response_id'] ?? null,
    reasoning: { effort: null, summary: null },
    store: body['store'] ?? true,
    temperature: body['temperature'] ?? 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    usage: null,
    user: body['user'] ?? null,
    metadata: body['metadata'] ?? {},
  };
}

function itemsOf(output: LimitedOutput, status: string, context: DemoContext): readonly ResponseItem[] {
  if (output.toolCalls.length === 0) {
    const text = output.pieces.join('');
    const id = `msg_${context.id()}`;
    const content = [{ type: 'output_text', annotations: [], logprobs: [], text }];
    const item = { id, type: 'message', status, role: 'assistant', content };
    return [{ id, kind: 'message', item, pieces: output.pieces, text }];
  }
  return output.toolCalls.map((call) => {
    const id = `fc_${context.id()}`;
    const callId = `call_${context.id()}`;
    const item = { id, type: 'function_call', status, arguments: call.arguments, call_id: callId, name: call.name };
    return { id, kind: 'function_call' as const, item, pieces: [], text: call.arguments };
  });
}
