import { filledTextOf, isRecord, recordsOf, textOf } from './json-value.js';
import { readErrorObject } from './openai-error.js';
import type { StreamReading } from './stream-event.js';

/**
 * Reads a chunk of a chat or completions stream, of OpenAI and of the servers that follow it.
 *
 * Usage may stand in every chunk, in one with choices, or in a last one without; null is none. Azure's first chunk has
 * empty `choices` as well, but no usage: it is an ordinary one.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function readChatChunk(json: Record<string, unknown>): StreamReading {
  const { choices, usage, model } = json;
  let text = '';
  let reasoning = '';
  let finishReason: string | undefined;
  const list: readonly unknown[] = Array.isArray(choices) ? choices : [];
  for (const choice of list) {
    if (!isRecord(choice)) continue;
    const { delta } = choice;
    if (isRecord(delta)) {
      text += messageText(delta);
      reasoning += messageReasoning(delta);
    } else {
      text += textOf(choice['text']);
    }
    finishReason = filledTextOf(choice['finish_reason']) ?? finishReason;
  }
  const hasUsage = isRecord(usage);
  return {
    kind: 'event',
    text,
    reasoning,
    finishReason,
    usage: hasUsage ? usage : undefined,
    isUsageOnly: hasUsage && Array.isArray(choices) && choices.length === 0,
    error: readErrorObject(json),
    isTerminal: false,
    model: filledTextOf(model),
  };
}

/** What a chat message, or a delta of one, shows: content, refusal, transcript and arguments of tool calls. */
export function messageText(message: Record<string, unknown>): string {
  const { content, refusal, tool_calls: toolCalls, function_call: functionCall, audio } = message;
  let text = typeof content === 'string' ? content : partsText(content);
  if (typeof refusal === 'string') text += refusal;
  if (toolCalls !== undefined) {
    for (const call of recordsOf(toolCalls)) {
      if (isRecord(call['function'])) text += textOf(call['function']['arguments']);
      if (isRecord(call['custom'])) text += textOf(call['custom']['input']);
    }
  }
  if (isRecord(functionCall)) text += textOf(functionCall['arguments']);
  if (isRecord(audio)) text += textOf(audio['transcript']);
  return text;
}

/**
 * The model's reasoning as DeepSeek and vLLM (`reasoning_content`), OpenRouter and Groq (`reasoning`), or Mistral
 * (parts of the content) show it. Where a server sends both fields they hold the same text.
 */
export function messageReasoning(message: Record<string, unknown>): string {
  const { reasoning_content: reasoningContent, reasoning, content } = message;
  if (typeof reasoningContent === 'string' && reasoningContent !== '') return reasoningContent;
  if (typeof reasoning === 'string') return reasoning;
  return Array.isArray(content)
    ? recordsOf(content)
        .map((part) => partsText(part['thinking']))
        .join('')
    : '';
}

function partsText(content: unknown): string {
  return Array.isArray(content)
    ? recordsOf(content)
        .map((part) => textOf(part['text']))
        .join('')
    : '';
}
