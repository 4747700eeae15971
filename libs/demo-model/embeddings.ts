import { PromptCounter } from './count-pieces.js';
import { invalidValue, missingParameter } from './demo-error.js';
import type { DemoContext, DemoFrame, DemoReply } from './reply-types.js';
import { JSON_HEADERS } from './frames.js';
import { type JsonRecord, textOf, wholeNumberOf } from './read-json.js';
import { textInputsOf } from './text-inputs.js';
import { unitVector } from './unit-vector.js';

const MAX_INPUTS = 2_048;
const MAX_DIMENSIONS = 3_072;

/**
 * `POST /embeddings`: vectors of length 1, as numbers or as base64 of little-endian 32-bit floats. Texts that share words
 * get vectors that are near each other. Each vector is a frame of its own.
 */
export function replyToEmbeddings(body: JsonRecord, _context: DemoContext): DemoReply {
  const inputs = textInputsOf(body['input']);
  if (inputs.length === 0) return missingParameter('input');
  if (inputs.length > MAX_INPUTS) return invalidValue('input', `at most ${MAX_INPUTS} entries`);
  if (inputs.includes('')) return invalidValue('input', 'texts that are not empty');
  const model = textOf(body['model']);
  const dimensions = wholeNumberOf(body['dimensions'] ?? (model.includes('large') ? 3_072 : 1_536), 1);
  if (dimensions === null || dimensions > MAX_DIMENSIONS) {
    return invalidValue('dimensions', `a whole number from 1 to ${MAX_DIMENSIONS}`);
  }
  const counter = new PromptCounter();
  for (const input of inputs) counter.add(input);
  const usage = { prompt_tokens: counter.total, total_tokens: counter.total };
  const isBase64 = body['encoding_format'] === 'base64';
  return {
    status: 200,
    headers: JSON_HEADERS,
    frames: { [Symbol.iterator]: () => parts(inputs, dimensions, isBase64, { model, usage }) },
  };
}

function* parts(
  inputs: readonly string[],
  dimensions: number,
  isBase64: boolean,
  tail: JsonRecord,
): Generator<DemoFrame> {
  yield { afterMs: 0, text: '{"object":"list","data":[' };
  for (const [index, input] of inputs.entries()) {
    const vector = unitVector(input, dimensions);
    const embedding = isBase64 ? toBase64(vector) : Array.from(vector);
    const entry = JSON.stringify({ object: 'embedding', index, embedding });
    yield { afterMs: 0, text: index === 0 ? entry : `,${entry}` };
  }
  yield { afterMs: 0, text: `],${JSON.stringify(tail).slice(1)}` };
}

function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * Float32Array.BYTES_PER_ELEMENT);
  return bytes.toString('base64');
}
