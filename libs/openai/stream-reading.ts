import { readMessagesEvent } from '../anthropic/messages-stream.js';
import type { SseEvent } from '../sse/sse-parser.js';
import { readChatChunk } from './chat-stream.js';
import { isRecord } from './json-value.js';
import { readErrorObject } from './openai-error.js';
import { readMediaEvent } from './media-stream.js';
import { readResponsesEvent } from './responses-stream.js';
import { aReading, MalformedEventError, type StreamReading } from './stream-event.js';
import type { WireFormat } from './wire-format.js';

export { mergeAnthropicUsage } from '../anthropic/messages-usage.js';
export { MalformedEventError, type StreamReading } from './stream-event.js';

/**
 * Reads what an event of a streamed answer says. An event without a data line says nothing.
 * @throws {MalformedEventError} when the data is neither `[DONE]` nor a JSON object
 */
export function readStreamEvent(format: WireFormat, event: SseEvent): StreamReading {
  const { data } = event;
  if (data === undefined) return aReading({});
  if (data.startsWith('[DONE]') && data.trimEnd() === '[DONE]') return aReading({ kind: 'done', isTerminal: true });
  const json = parseObject(data);
  const reading = read(format, json, event.event);
  if (event.event !== 'error' || reading.error !== undefined) return reading;
  // The name alone says that it is an error, whatever the data looks like.
  return { ...reading, error: readErrorObject({ error: json }) };
}

function read(format: WireFormat, json: Record<string, unknown>, eventName: string | undefined): StreamReading {
  switch (format) {
    case 'chat':
    case 'completions':
    case 'embeddings':
    case 'moderations':
      return readChatChunk(json);
    case 'messages':
      return readMessagesEvent(json, eventName);
    case 'responses':
      return readResponsesEvent(json, eventName);
    case 'images':
    case 'audio':
      return readMediaEvent(json, eventName);
  }
}

function parseObject(data: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (error) {
    // Not kept as cause: its message quotes the answer.
    if (error instanceof SyntaxError) throw new MalformedEventError();
    throw error;
  }
  if (!isRecord(json)) throw new MalformedEventError();
  return json;
}
