import { filledTextOf, isRecord, recordsOf, textOf } from './json-value.js';
import { messageReasoning, messageText } from './chat-stream.js';
import { readErrorObject, type ReadError } from './openai-error.js';
import type { WireFormat } from './wire-format.js';

/** What a buffered answer says. */
export interface AnswerReading {
  /** Content, refusals and arguments of tool calls. */
  readonly text: string;
  readonly reasoning: string;
  /** The usage object as it came. */
  readonly usage: unknown;
  /** An error that the upstream tells inside an answer of status 200. */
  readonly error: ReadError | undefined;
  readonly model: string | undefined;
}

/** Reads an answer that came in one piece. What is no JSON object, such as a transcript, says nothing. */
export function readAnswerBody(format: WireFormat, json: unknown): AnswerReading {
  const answer = isRecord(json) ? json : {};
  const { text, reasoning } = readText(format, answer);
  return {
    text,
    reasoning,
    usage: isRecord(answer['usage']) ? answer['usage'] : undefined,
    error: format === 'responses' && answer['status'] === 'failed' ? readFailure(answer) : readErrorObject(json),
    model: filledTextOf(answer['model']),
  };
}

type Texts = Pick<AnswerReading, 'text' | 'reasoning'>;

function readText(format: WireFormat, answer: Record<string, unknown>): Texts {
  switch (format) {
    case 'chat':
    case 'completions':
      return joined(recordsOf(answer['choices']).map(readChoice));
    case 'responses':
      return joined(recordsOf(answer['output']).map(readOutputItem));
    case 'messages':
      return joined(recordsOf(answer['content']).map(readContentBlock));
    case 'audio':
      return { text: textOf(answer['text']), reasoning: '' };
    case 'embeddings':
    case 'images':
    case 'moderations':
      return { text: '', reasoning: '' };
  }
}

function readChoice(choice: Record<string, unknown>): Texts {
  const { message } = choice;
  if (!isRecord(message)) return { text: textOf(choice['text']), reasoning: '' };
  return { text: messageText(message), reasoning: messageReasoning(message) };
}

function readOutputItem(item: Record<string, unknown>): Texts {
  const content = recordsOf(item['content']);
  if (item['type'] === 'reasoning') {
    const parts = [...recordsOf(item['summary']), ...content];
    return { text: '', reasoning: parts.map((part) => textOf(part['text'])).join('') };
  }
  const shown = content.map((part) => textOf(part['text']) + textOf(part['refusal'])).join('');
  return { text: shown + textOf(item['arguments']) + textOf(item['input']) + textOf(item['code']), reasoning: '' };
}

function readContentBlock(block: Record<string, unknown>): Texts {
  const input = isRecord(block['input']) ? JSON.stringify(block['input']) : '';
  return { text: textOf(block['text']) + input, reasoning: textOf(block['thinking']) };
}

function joined(texts: readonly Texts[]): Texts {
  const [only] = texts;
  if (only && texts.length === 1) return only;
  return {
    text: texts.map(({ text }) => text).join(''),
    reasoning: texts.map(({ reasoning }) => reasoning).join(''),
  };
}

function readFailure(answer: Record<string, unknown>): ReadError | undefined {
  return readErrorObject({ error: answer['error'] ?? {} });
}
