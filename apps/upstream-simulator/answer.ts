import type { OutgoingHttpHeaders } from 'node:http';
import type { DemoReply } from '../../libs/demo-model/demo-reply.js';

/** One write of an answer. */
export interface AnswerPart {
  readonly kind: 'part';
  /** Time to wait after the part before. */
  readonly afterMs: number;
  readonly content: string | Buffer;
  /** Whether it is an event of a stream; comments, rubbish and parts of bodies are not. */
  readonly isEvent: boolean;
  readonly tokens: number;
}

/** A deliberate end that is none: silence for ever, or a reset. */
export interface AnswerBreak {
  readonly kind: 'stall' | 'reset';
}

export type AnswerStep = AnswerPart | AnswerBreak;

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly isStream: boolean;
  readonly steps: Iterable<AnswerStep>;
}

export function part(
  content: string | Buffer,
  options: Partial<Omit<AnswerPart, 'kind' | 'content'>> = {},
): AnswerPart {
  return { kind: 'part', content, afterMs: 0, isEvent: false, tokens: 0, ...options };
}

export function bufferedAnswer(status: number, contentType: string, content: string | Buffer, tokens = 0): Answer {
  return { status, headers: { 'content-type': contentType }, isStream: false, steps: [part(content, { tokens })] };
}

export function jsonAnswer(body: unknown, status = 200): Answer {
  return bufferedAnswer(status, 'application/json', JSON.stringify(body));
}

export function fromDemoReply(reply: DemoReply): Answer {
  const isStream = (reply.headers['content-type'] ?? '').startsWith('text/event-stream');
  return {
    status: reply.status,
    headers: reply.headers,
    isStream,
    steps: mapLazily(reply.frames, ({ text, afterMs, tokens = 0 }) =>
      part(text, { afterMs, tokens, isEvent: isStream }),
    ),
  };
}

/** A lazy map that can be read more than once when its source can. */
export function mapLazily<From, To>(source: Iterable<From>, map: (value: From) => To): Iterable<To> {
  return lazily(function* () {
    for (const value of source) yield map(value);
  });
}

export function lazily<Value>(make: () => Iterator<Value>): Iterable<Value> {
  return { [Symbol.iterator]: make };
}
