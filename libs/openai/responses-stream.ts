import { filledTextOf, isRecord, textOf } from './json-value.js';
import { readErrorObject } from './openai-error.js';
import { aReading, type StreamReading } from './stream-event.js';

const TEXT_DELTAS: ReadonlySet<string> = new Set([
  'response.output_text.delta',
  'response.refusal.delta',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
  'response.mcp_call_arguments.delta',
  'response.code_interpreter_call_code.delta',
  'response.audio.transcript.delta',
]);
const REASONING_DELTAS: ReadonlySet<string> = new Set([
  'response.reasoning_text.delta',
  'response.reasoning_summary_text.delta',
]);
const TERMINALS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * Reads an event of a Responses stream. Usage and the reason of the end stand in its last event, whose `response` is
 * the whole answer; a failure comes as `response.failed` or as an `error` event.
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function readResponsesEvent(json: Record<string, unknown>, eventName: string | undefined): StreamReading {
  const type = textOf(json['type']) || (eventName ?? '');
  if (TEXT_DELTAS.has(type)) return aReading({ text: textOf(json['delta']) });
  if (REASONING_DELTAS.has(type)) return aReading({ reasoning: textOf(json['delta']) });
  const { response } = json;
  if (!isRecord(response)) return aReading({ error: readErrorObject(json) });
  const isTerminal = TERMINALS.has(type);
  const { usage, model } = response;
  return aReading({
    finishReason: isTerminal ? finishReasonOf(response, type) : undefined,
    usage: isRecord(usage) ? usage : undefined,
    error: type === 'response.failed' ? failureOf(response) : readErrorObject({ error: response['error'] }),
    isTerminal,
    model: filledTextOf(model),
  });
}

function finishReasonOf(response: Record<string, unknown>, type: string): string {
  const { incomplete_details: details, status } = response;
  const reason = isRecord(details) ? filledTextOf(details['reason']) : undefined;
  return reason ?? filledTextOf(status) ?? type.slice('response.'.length);
}

function failureOf(response: Record<string, unknown>): StreamReading['error'] {
  return readErrorObject({ error: response['error'] ?? {} });
}
