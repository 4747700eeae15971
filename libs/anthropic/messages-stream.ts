import { filledTextOf, isRecord, textOf } from '../openai/json-value.js';
import { readErrorObject } from '../openai/openai-error.js';
import { aReading, type StreamReading } from '../openai/stream-event.js';

export { mergeAnthropicUsage } from './messages-usage.js';

/**
 * Reads an event of a Messages stream. Usage comes in `message_start` and again, counted from the start, in
 * `message_delta`.
 * @see https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export function readMessagesEvent(json: Record<string, unknown>, eventName: string | undefined): StreamReading {
  const type = textOf(json['type']) || (eventName ?? '');
  const { delta, usage } = json;
  switch (type) {
    case 'content_block_delta':
      return isRecord(delta) ? readBlock(delta) : aReading({});
    case 'content_block_start':
      return isRecord(json['content_block']) ? readBlock(json['content_block']) : aReading({});
    case 'message_start': {
      const message = isRecord(json['message']) ? json['message'] : {};
      const usageAtStart = isRecord(message['usage']) ? message['usage'] : undefined;
      return aReading({ usage: usageAtStart, model: filledTextOf(message['model']) });
    }
    case 'message_delta':
      return aReading({
        finishReason: isRecord(delta) ? filledTextOf(delta['stop_reason']) : undefined,
        usage: isRecord(usage) ? usage : undefined,
      });
    case 'message_stop':
      return aReading({ isTerminal: true });
    default:
      return aReading({ error: readErrorObject(json) });
  }
}

/** A block as it starts, or what is added to it: a signature and a citation show nothing. */
function readBlock(block: Record<string, unknown>): StreamReading {
  return aReading({
    text: textOf(block['text']) + textOf(block['partial_json']),
    reasoning: textOf(block['thinking']),
  });
}
