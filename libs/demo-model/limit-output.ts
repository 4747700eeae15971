import { splitIntoPieces } from './count-pieces.js';
import type { DemoOutput, DemoToolCall } from './demo-conversation.js';
import { listOf } from './read-json.js';

export type DemoFinish = 'stop' | 'stop_sequence' | 'length' | 'tool_calls';

/** An output cut to what the caller allows, in pieces of one token each. */
export interface LimitedOutput {
  readonly pieces: readonly string[];
  readonly toolCalls: readonly DemoToolCall[];
  readonly finish: DemoFinish;
  /** The stop sequence that ended the text, if one did; it is not part of the text. */
  readonly stopSequence: string | null;
  readonly outputTokens: number;
}

export interface OutputLimits {
  readonly stop: readonly string[];
  readonly maxTokens: number | null;
}

/** Reads `stop`, a string or a list of strings. */
export function stopSequencesOf(value: unknown): readonly string[] {
  const values = typeof value === 'string' ? [value] : listOf(value);
  return values.filter((entry): entry is string => typeof entry === 'string' && entry !== '');
}

/** Cuts a text before its first stop sequence and after `maxTokens` pieces. Calls of tools are never cut. */
export function limitOutput(output: DemoOutput, limits: OutputLimits): LimitedOutput {
  const { toolCalls } = output;
  if (toolCalls.length > 0) {
    const outputTokens = toolCalls.reduce((sum, call) => sum + tokensOfCall(call), 0);
    return { pieces: splitIntoPieces(output.text), toolCalls, finish: 'tool_calls', stopSequence: null, outputTokens };
  }
  const { text, stopSequence } = cutAtStop(output.text, limits.stop);
  const pieces = splitIntoPieces(text);
  if (limits.maxTokens !== null && pieces.length > limits.maxTokens) {
    const kept = pieces.slice(0, limits.maxTokens);
    return { pieces: kept, toolCalls, finish: 'length', stopSequence: null, outputTokens: kept.length };
  }
  const finish = stopSequence === null ? 'stop' : 'stop_sequence';
  return { pieces, toolCalls, finish, stopSequence, outputTokens: pieces.length };
}

export function tokensOfCall(call: DemoToolCall): number {
  return splitIntoPieces(call.name).length + splitIntoPieces(call.arguments).length;
}

function cutAtStop(text: string, stop: readonly string[]): { text: string; stopSequence: string | null } {
  let end = text.length;
  let stopSequence: string | null = null;
  for (const sequence of stop) {
    const index = text.indexOf(sequence);
    if (index >= 0 && index < end) {
      end = index;
      stopSequence = sequence;
    }
  }
  return { text: text.slice(0, end), stopSequence };
}
