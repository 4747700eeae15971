import { splitIntoPieces } from './count-pieces.js';
import type { DemoFrame } from './reply-types.js';
import { type NamedData, namedEvent } from './frames.js';
import type { JsonRecord } from './read-json.js';

/** An answer of the Responses API before and after its output is there. */
export interface ResponseAnswer {
  /** The response object as it stands at the start: in progress, without output or usage. */
  readonly opened: JsonRecord;
  /** The same at its end. */
  readonly closed: JsonRecord;
  readonly items: readonly ResponseItem[];
}

/** A finished item of the output, with the pieces that its text or arguments arrive in. */
export interface ResponseItem {
  readonly item: JsonRecord;
  readonly id: string;
  readonly kind: 'message' | 'function_call';
  readonly pieces: readonly string[];
  readonly text: string;
}

interface PlannedEvent {
  readonly data: NamedData;
  readonly tokens: number;
}

/** The events of a streamed response, numbered from 0, from `response.created` to `response.completed`. */
export function* responseEvents(answer: ResponseAnswer, msPerToken: number): Generator<DemoFrame> {
  let sequenceNumber = 0;
  for (const { data, tokens } of plannedEvents(answer)) {
    yield namedEvent({ ...data, sequence_number: sequenceNumber }, tokens * msPerToken, tokens);
    sequenceNumber += 1;
  }
}

function* plannedEvents({ opened, closed, items }: ResponseAnswer): Generator<PlannedEvent> {
  yield plain({ type: 'response.created', response: opened });
  yield plain({ type: 'response.in_progress', response: opened });
  for (const [index, item] of items.entries()) {
    yield* item.kind === 'message' ? messageEvents(item, index) : callEvents(item, index);
  }
  yield plain({ type: `response.${String(closed['status'])}`, response: closed });
}

function* messageEvents({ item, id, pieces, text }: ResponseItem, outputIndex: number): Generator<PlannedEvent> {
  const place = { item_id: id, output_index: outputIndex, content_index: 0 };
  const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
  const added = { ...item, status: 'in_progress', content: [] };
  yield plain({ type: 'response.output_item.added', output_index: outputIndex, item: added });
  yield plain({ type: 'response.content_part.added', ...place, part });
  for (const delta of pieces) {
    yield { data: { type: 'response.output_text.delta', ...place, delta, logprobs: [] }, tokens: 1 };
  }
  yield plain({ type: 'response.output_text.done', ...place, text, logprobs: [] });
  yield plain({ type: 'response.content_part.done', ...place, part: { ...part, text } });
  yield plain({ type: 'response.output_item.done', output_index: outputIndex, item });
}

function* callEvents({ item, id, text }: ResponseItem, outputIndex: number): Generator<PlannedEvent> {
  const place = { item_id: id, output_index: outputIndex };
  const nameTokens = splitIntoPieces(String(item['name'])).length;
  const added = { ...item, status: 'in_progress', arguments: '' };
  yield { data: { type: 'response.output_item.added', output_index: outputIndex, item: added }, tokens: nameTokens };
  for (const delta of splitIntoPieces(text)) {
    yield { data: { type: 'response.function_call_arguments.delta', ...place, delta }, tokens: 1 };
  }
  yield plain({ type: 'response.function_call_arguments.done', ...place, name: item['name'], arguments: text });
  yield plain({ type: 'response.output_item.done', output_index: outputIndex, item });
}

function plain(data: NamedData): PlannedEvent {
  return { data, tokens: 0 };
}
