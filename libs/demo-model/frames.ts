import type { JsonRecord } from './read-json.js';
import type { DemoFrame, DemoReply } from './reply-types.js';

export const JSON_HEADERS = { 'content-type': 'application/json' };

/** A buffered answer in one frame. */
export function jsonReply(body: unknown, status = 200, tokens = 0): DemoReply {
  return { status, headers: JSON_HEADERS, frames: [{ afterMs: 0, text: JSON.stringify(body), tokens }] };
}

/** A streamed answer; its frames are made when they are read. */
export function streamReply(frames: () => Iterator<DemoFrame>): DemoReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    frames: { [Symbol.iterator]: frames },
  };
}

/** One event as OpenAI's older APIs write it: data alone. */
export function dataEvent(data: unknown, afterMs = 0, tokens = 0): DemoFrame {
  return { afterMs, text: `data: ${JSON.stringify(data)}\n\n`, tokens };
}

/** The data of an event that carries its name. */
export interface NamedData extends JsonRecord {
  readonly type: string;
}

/** One event with its name, which is the `type` of its data. */
export function namedEvent(data: NamedData, afterMs = 0, tokens = 0): DemoFrame {
  return { afterMs, text: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`, tokens };
}

export const DONE: DemoFrame = { afterMs: 0, text: 'data: [DONE]\n\n', tokens: 0 };
