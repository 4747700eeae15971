import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Answer, AnswerPart } from './answer.js';
import type { Behaviour } from './behaviour.js';
import { Chunker } from './chunk-bytes.js';
import { encodeBody, encodingName } from './encode-body.js';
import type { RecordedCall } from './ledger.js';

// What was written before a reset must have left the machine, or the reset overtakes it.
const BEFORE_RESET_MS = 5;
const WRONG_LENGTH_BY = 10;
const EVENTS_BEFORE_MID_BODY = 2;

export interface Stage {
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly call: RecordedCall;
  /** Aborted when the connection has closed, whoever closed it. */
  readonly closed: AbortSignal;
}

/** Sends an answer as a behaviour tells to. Ends early, without an error, when the peer leaves. */
export async function playAnswer(answer: Answer, behaviour: Behaviour, stage: Stage): Promise<void> {
  const { call, closed } = stage;
  if (behaviour.headersAfterMs !== undefined) await wait(behaviour.headersAfterMs, undefined, { signal: closed });
  if (behaviour.reset === 'before-headers') return resetNow(stage);
  if (answer.isStream && behaviour.contentEncoding === undefined) await playStream(answer, behaviour, stage);
  else await playBuffered(answer, behaviour, stage);
  if (call.ending === 'open' && stage.response.writableFinished) call.ended('complete');
}

export function resetNow({ call, socket }: Pick<Stage, 'call' | 'socket'>): void {
  call.ended('cut');
  // A TLS socket has no reset of its own.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

async function playBuffered(answer: Answer, behaviour: Behaviour, stage: Stage): Promise<void> {
  const { response, call, closed } = stage;
  const parts = [...answer.steps].filter((step): step is AnswerPart => step.kind === 'part');
  const plain = Buffer.concat(
    parts.map(({ content }) => (typeof content === 'string' ? Buffer.from(content) : content)),
  );
  const { contentEncoding, contentLength } = behaviour;
  const body = contentEncoding === undefined ? plain : await encodeBody(plain, contentEncoding);
  const wrongBy = contentLength === undefined ? 0 : contentLength === 'long' ? WRONG_LENGTH_BY : -WRONG_LENGTH_BY;
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(hasBody ? { 'content-length': String(Math.max(0, body.length + wrongBy)) } : {}),
    ...(contentEncoding === undefined ? {} : { 'content-encoding': encodingName(contentEncoding) }),
  });
  call.headersSent(answer.status);
  if (behaviour.reset === 'after-headers') return resetAfter(response.flushHeaders.bind(response), stage);
  if (behaviour.reset === 'mid-body') return resetAfter(() => response.write(body.subarray(0, body.length / 2)), stage);
  if (behaviour.firstEventAfterMs !== undefined) {
    response.flushHeaders();
    await wait(behaviour.firstEventAfterMs, undefined, { signal: closed });
  }
  const tokens = parts.reduce((sum, { tokens: count }) => sum + count, 0);
  call.sending(body.length, { isEvent: false, tokens, text: plain.toString('utf8') });
  if (behaviour.chunking === undefined) {
    await end(response, body);
  } else {
    const chunker = new Chunker(behaviour.chunking);
    for (const chunk of [...chunker.push(body), ...chunker.flush()]) await writeOne(chunk, stage);
    await end(response);
  }
  if (contentLength === 'long') stage.socket.end();
}

async function playStream(answer: Answer, behaviour: Behaviour, stage: Stage): Promise<void> {
  const { response, call, closed } = stage;
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  call.headersSent(answer.status);
  if (behaviour.reset === 'after-headers') return resetAfter(() => true, stage);
  const chunker = new Chunker(behaviour.chunking ?? 'event');
  let dueAt = performance.now() + (behaviour.firstEventAfterMs ?? 0);
  for (const step of answer.steps) {
    if (step.kind === 'part') {
      dueAt += step.afterMs;
      const waitMs = dueAt - performance.now();
      if (waitMs >= 1) await wait(waitMs, undefined, { signal: closed });
      const bytes = typeof step.content === 'string' ? Buffer.from(step.content) : step.content;
      if (behaviour.reset === 'mid-body' && call.eventsSent === EVENTS_BEFORE_MID_BODY) {
        return resetAfter(() => response.write(bytes.subarray(0, bytes.length / 2)), stage);
      }
      const text = typeof step.content === 'string' ? step.content : undefined;
      call.sending(bytes.length, {
        isEvent: step.isEvent,
        tokens: step.tokens,
        ...(text === undefined ? {} : { text }),
      });
      for (const chunk of chunker.push(bytes)) await writeOne(chunk, stage);
      continue;
    }
    for (const chunk of chunker.flush()) await writeOne(chunk, stage);
    if (step.kind === 'reset') return resetAfter(() => true, stage);
    await untilClosed(closed);
    return;
  }
  for (const chunk of chunker.flush()) await writeOne(chunk, stage);
  await end(response);
}

/** Resolves when the bytes have gone to the operating system, so that a slow reader slows the answer. */
async function writeOne(bytes: Buffer, { response, closed }: Stage): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    response.write(bytes, (error) => (error instanceof Error ? reject(error) : resolve()));
  });
  // A turn of the event loop between writes keeps them apart on the wire, and lets an abort be seen.
  await nextTurn(undefined, { signal: closed });
}

async function end(response: ServerResponse, body?: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(body, () => resolve());
  });
}

async function resetAfter(lastWrite: () => unknown, stage: Stage): Promise<void> {
  lastWrite();
  await wait(BEFORE_RESET_MS, undefined, { signal: stage.closed });
  resetNow(stage);
}

async function untilClosed(closed: AbortSignal): Promise<void> {
  if (closed.aborted) return;
  await new Promise<void>((resolve) => {
    closed.addEventListener('abort', () => resolve(), { once: true });
  });
}
