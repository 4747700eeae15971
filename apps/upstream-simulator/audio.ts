import { splitIntoPieces } from '../../libs/demo-model/count-pieces.js';
import { recordOf, textOf } from '../../libs/demo-model/read-json.js';
import { type Answer, bufferedAnswer, jsonAnswer, part } from './answer.js';
import { errorAnswer } from './api-error.js';
import type { SimulatorRequest } from './simulator-request.js';

const TRANSCRIPT = 'The quick brown fox jumps over the lazy dog.';
const BYTES_PER_CHARACTER = 256;
const BYTES_PER_AUDIO_TOKEN = 160;
const BYTES_PER_SECOND = 16_000;

/** `POST /audio/speech`: bytes that look like an MP3 and depend on the text alone. */
export function speechAnswer({ json }: SimulatorRequest): Answer {
  const input = textOf(recordOf(json)['input']);
  if (input === '')
    return errorAnswer(400, 'openai', { message: "Missing required parameter: 'input'.", param: 'input' });
  const audio = Buffer.alloc(10 + input.length * BYTES_PER_CHARACTER);
  audio.write('ID3', 0, 'latin1');
  for (let index = 10; index < audio.length; index += 1) {
    audio[index] = (index * 31 + input.charCodeAt(index % input.length)) & 0xff;
  }
  return bufferedAnswer(200, 'audio/mpeg', audio);
}

/** `POST /audio/transcriptions` and `/audio/translations`, billed by tokens, or by seconds for whisper. */
export function transcriptionAnswer({ form, model }: SimulatorRequest): Answer {
  const field = (name: string) => form.find((entry) => entry.name === name)?.content;
  const file = field('file');
  if (file === undefined)
    return errorAnswer(400, 'openai', { message: "Missing required parameter: 'file'.", param: 'file' });
  const format = field('response_format')?.toString('utf8') ?? 'json';
  if (format === 'text') return bufferedAnswer(200, 'text/plain; charset=utf-8', `${TRANSCRIPT}\n`);
  const usage = (model ?? '').includes('whisper') ? durationUsage(file) : tokenUsage(file);
  if (field('stream')?.toString('utf8') === 'true') return transcriptEvents(usage);
  if (format !== 'verbose_json') return jsonAnswer({ text: TRANSCRIPT, usage });
  const duration = file.length / BYTES_PER_SECOND;
  return jsonAnswer({ task: 'transcribe', language: 'english', duration, text: TRANSCRIPT, segments: [], usage });
}

function tokenUsage(file: Buffer): object {
  const audioTokens = Math.max(1, Math.ceil(file.length / BYTES_PER_AUDIO_TOKEN));
  const outputTokens = splitIntoPieces(TRANSCRIPT).length;
  return {
    type: 'tokens',
    input_tokens: audioTokens,
    input_token_details: { text_tokens: 0, audio_tokens: audioTokens },
    output_tokens: outputTokens,
    total_tokens: audioTokens + outputTokens,
  };
}

function durationUsage(file: Buffer): object {
  return { type: 'duration', seconds: Math.max(1, Math.ceil(file.length / BYTES_PER_SECOND)) };
}

function transcriptEvents(usage: object): Answer {
  const event = (data: object, tokens: number) => part(`data: ${JSON.stringify(data)}\n\n`, { isEvent: true, tokens });
  const steps = [
    ...splitIntoPieces(TRANSCRIPT).map((delta) => event({ type: 'transcript.text.delta', delta }, 1)),
    event({ type: 'transcript.text.done', text: TRANSCRIPT, usage }, 0),
  ];
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, isStream: true, steps };
}
