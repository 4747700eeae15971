import { EventSourceParserStream } from 'eventsource-parser/stream';
import { callGateway } from '../api-client.js';
import { ApiError, ConnectionLostError, factsOf } from '../api-error.js';
import { connectionLost } from '../connection.js';
import { keyForModels } from '../credentials.js';
import { readCompletionEvent, type CompletionDelta } from './completion-events.js';

export interface Completion {
  /** Made by the page, so that the record can be found when no answer came. */
  readonly requestId: string;
  readonly body: object;
  readonly signal: AbortSignal;
  readonly onHeaders: (headers: Headers) => void;
  readonly onDelta: (delta: CompletionDelta) => void;
}

/** The status under which an error inside a stream is filed: its own headers had said 200. */
const IN_STREAM_STATUS = 502;

/**
 * Streams one chat completion.
 * @throws {ApiError} when the gateway refused, or an error came inside the stream
 * @throws {ConnectionLostError} when the connection was lost before the end
 * An abort rejects with the signal's own reason; the gateway sees the connection close.
 */
export async function streamCompletion({ requestId, body, signal, onHeaders, onDelta }: Completion): Promise<void> {
  const response = await callGateway('/v1/chat/completions', {
    method: 'POST',
    body,
    signal,
    key: keyForModels(),
    headers: {
      accept: 'text/event-stream',
      'x-request-id': requestId,
      'x-gateway-include-cost': 'true',
      'x-gateway-tags': 'app=dashboard',
    },
  });
  onHeaders(response.headers);
  const isDone = await readEvents(response, signal, onDelta);
  if (isDone) return;
  const message = 'The stream ended before the answer did.';
  const facts = { ...factsOf(IN_STREAM_STATUS, response.headers), source: 'upstream' as const };
  throw new ApiError({ message, type: 'upstream_error', param: null, code: 'upstream_stream_truncated' }, facts);
}

/** @returns whether the stream said that it is complete */
async function readEvents(
  response: Response,
  signal: AbortSignal,
  onDelta: (delta: CompletionDelta) => void,
): Promise<boolean> {
  if (!response.body) return false;
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    // An upstream that cannot stream answers whole; its shape says the same things.
    const event = readCompletionEvent(await response.text());
    if (event?.type === 'delta') onDelta(event.delta);
    return event?.type === 'delta';
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: 2_000_000 }));
  const reader = events.getReader();
  for (;;) {
    const { done, value } = await readNext(reader, signal);
    if (done) return false;
    const event = readCompletionEvent(value.data);
    if (event?.type === 'done') return true;
    if (event?.type === 'error') throw new ApiError(event.error, factsOf(IN_STREAM_STATUS, response.headers));
    if (event) onDelta(event.delta);
  }
}

async function readNext<Value>(
  reader: ReadableStreamDefaultReader<Value>,
  signal: AbortSignal,
): Promise<ReadableStreamReadResult<Value>> {
  try {
    return await reader.read();
  } catch (error) {
    if (signal.aborted) throw error;
    connectionLost();
    throw new ConnectionLostError({ cause: error });
  }
}
