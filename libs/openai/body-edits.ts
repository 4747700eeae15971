import { InvalidBodyError } from './invalid-body-error.js';
import { memberName, scanJsonObject } from './json-scanner.js';
import type { ParsedBody, Span } from './parsed-body.js';

/** New text in the place of a span; an empty span inserts. */
export type Edit = { readonly span: Span; readonly text: string };

/**
 * Puts the edits into a copy of the bytes; every byte outside their spans stays as it is.
 * @param edits in any order; insertions at one place come in the order given
 * @throws {RangeError} when spans overlap or leave the bytes
 */
export function spliceBytes(bytes: Buffer, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return bytes;
  const pieces: Buffer[] = [];
  let position = 0;
  for (const { span, text } of edits.toSorted((a, b) => a.span[0] - b.span[0])) {
    const [start, end] = span;
    if (start < position || end < start || end > bytes.length) throw new RangeError('Edits overlap or leave the body.');
    pieces.push(bytes.subarray(position, start), Buffer.from(text));
    position = end;
  }
  pieces.push(bytes.subarray(position));
  return Buffer.concat(pieces);
}

/** @throws {InvalidBodyError} `invalid_model` when `model` is missing, no string, or empty */
export function requireModel(body: ParsedBody): string {
  const { model } = body.fields;
  if (typeof model === 'string' && model !== '') return model;
  throw new InvalidBodyError('invalid_model', "Send 'model' as a non-empty string, the id of a model.", 'model');
}

/** Names another model. `model` must be among the fields that were read; where the body has none it is added. */
export function setModel(body: ParsedBody, model: string): Edit {
  const span = body.spans.get('model');
  return span === undefined ? addMember(body, 'model', JSON.stringify(model)) : { span, text: JSON.stringify(model) };
}

/**
 * Asks the upstream for the usage of a stream: `stream_options.include_usage` becomes true, whatever was there.
 * `stream_options` must be among the fields that were read.
 * @returns undefined when the body asks for it already
 */
export function askForUsage(body: ParsedBody): Edit | undefined {
  const span = body.spans.get('stream_options');
  if (span === undefined) return addMember(body, 'stream_options', '{"include_usage":true}');
  const options =
    body.bytes[span[0]] === 0x7b ? scanJsonObject(body.bytes, span[0], Infinity, ['include_usage']) : undefined;
  if (options === undefined) return { span, text: '{"include_usage":true}' };
  const answers = options.members.filter((member) => memberName(body.bytes, member) === 'include_usage');
  const [first] = answers;
  const last = answers.at(-1);
  if (first === undefined || last === undefined) {
    return insertion(options.end, `${options.isEmpty ? '' : ','}"include_usage":true`);
  }
  const textOf = (from: number, to: number) => body.bytes.toString('utf8', from, to);
  const others = answers.filter(({ valueStart, valueEnd }) => textOf(valueStart, valueEnd) !== 'true');
  if (others.length === 0) return undefined;
  // Servers differ in which of two members of one name they take, so that each of them must say true.
  let text = '';
  let position = first.valueStart;
  for (const { valueStart, valueEnd } of answers) {
    text += `${textOf(position, valueStart)}true`;
    position = valueEnd;
  }
  return { span: [first.valueStart, last.valueEnd], text };
}

function addMember(body: ParsedBody, name: string, value: string): Edit {
  return insertion(body.bodyEnd, `${body.isEmptyObject ? '' : ','}${JSON.stringify(name)}:${value}`);
}

function insertion(at: number, text: string): Edit {
  return { span: [at, at], text };
}
