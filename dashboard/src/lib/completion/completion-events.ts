import type { ApiErrorObject } from '../../../../libs/contracts/errors.js';
import { parseErrorObject } from '../api-error.js';

export interface Usage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** `null`: the gateway knows no price. */
  readonly costUsd: number | null;
}

export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  readonly arguments?: string;
}

/** What one event of the stream says. One event may say several things. */
export interface CompletionDelta {
  readonly text?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCallDelta[];
  readonly finishReason?: string;
  readonly usage?: Usage;
  readonly model?: string;
}

export type CompletionEvent =
  | { readonly type: 'delta'; readonly delta: CompletionDelta }
  | { readonly type: 'error'; readonly error: ApiErrorObject }
  | { readonly type: 'done' };

type Json = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const asNumber = (value: unknown): number => (typeof value === 'number' ? value : 0);
const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads the `data` of one event of a chat completion's stream; `null` when it says nothing readable. */
export function readCompletionEvent(data: string): CompletionEvent | null {
  if (data.trim() === '[DONE]') return { type: 'done' };
  const error = parseErrorObject(data);
  if (error) return { type: 'error', error };
  const chunk = parse(data);
  if (!chunk) return null;
  const choice = asObject((Array.isArray(chunk['choices']) ? (chunk['choices'] as unknown[]) : [])[0]);
  const delta = asObject(choice['delta'] ?? choice['message']);
  const text = asText(delta['content']);
  const reasoning = asText(delta['reasoning_content']) ?? asText(delta['reasoning']);
  const toolCalls = toolCallsOf(delta['tool_calls']);
  const finishReason = asText(choice['finish_reason']);
  const usage = usageOf(chunk['usage']);
  const model = asText(chunk['model']);
  return {
    type: 'delta',
    delta: {
      ...(text ? { text } : {}),
      ...(reasoning ? { reasoning } : {}),
      ...(toolCalls.length > 0 ? { toolCalls } : {}),
      ...(finishReason ? { finishReason } : {}),
      ...(usage ? { usage } : {}),
      ...(model ? { model } : {}),
    },
  };
}

function parse(data: string): Json | null {
  try {
    return asObject(JSON.parse(data));
  } catch {
    return null; // The gateway forwards only valid events; a comment of some proxy says nothing to us.
  }
}

function toolCallsOf(value: unknown): readonly ToolCallDelta[] {
  if (!Array.isArray(value)) return [];
  return value.map((item, position): ToolCallDelta => {
    const call = asObject(item);
    const made = asObject(call['function']);
    const id = asText(call['id']);
    const name = asText(made['name']);
    const args = asText(made['arguments']);
    return {
      index: typeof call['index'] === 'number' ? call['index'] : position,
      ...(id ? { id } : {}),
      ...(name ? { name } : {}),
      ...(args ? { arguments: args } : {}),
    };
  });
}

function usageOf(value: unknown): Usage | null {
  if (typeof value !== 'object' || value === null) return null;
  const usage = asObject(value);
  const cost = usage['cost'];
  return {
    inputTokens: asNumber(usage['prompt_tokens']),
    cachedInputTokens: asNumber(asObject(usage['prompt_tokens_details'])['cached_tokens']),
    outputTokens: asNumber(usage['completion_tokens']),
    reasoningTokens: asNumber(asObject(usage['completion_tokens_details'])['reasoning_tokens']),
    costUsd: typeof cost === 'number' ? cost : typeof cost === 'string' && cost !== '' ? Number(cost) : null,
  };
}
