import { filledTextOf, isRecord, textOf } from './json-value.js';
import { readErrorObject } from './openai-error.js';
import { aReading, type StreamReading } from './stream-event.js';

const TERMINALS: ReadonlySet<string> = new Set([
  'image_generation.completed',
  'image_edit.completed',
  'transcript.text.done',
  'speech.audio.done',
]);

/**
 * Reads an event of a streamed image, transcription or speech. The last event holds the usage; that of a transcription
 * also the whole text, which its deltas have told already.
 * @see https://platform.openai.com/docs/api-reference/images-streaming
 * @see https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event
 */
export function readMediaEvent(json: Record<string, unknown>, eventName: string | undefined): StreamReading {
  const type = textOf(json['type']) || (eventName ?? '');
  const isTerminal = TERMINALS.has(type);
  return aReading({
    text: type === 'transcript.text.delta' ? textOf(json['delta']) : '',
    finishReason: isTerminal ? 'stop' : undefined,
    usage: isRecord(json['usage']) ? json['usage'] : undefined,
    error: readErrorObject(json),
    isTerminal,
    model: filledTextOf(json['model']),
  });
}
