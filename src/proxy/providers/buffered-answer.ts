import { readAnswerBody } from '../../../libs/openai/answer-body.js';
import { toTokenUsage } from '../../../libs/usage/to-token-usage.js';
import type { AnswerJob, Release } from './answer-over.js';
import { collectBody, type Collected } from './collect-body.js';
import { passedHeaders } from './passed-headers.js';
import { fromErrorObject } from './status-error.js';
import { streamErrorStatus } from './stream-error-status.js';
import { fromTransportError } from './transport-error.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { upstreamError, type UpstreamError } from './upstream-error.js';

/** Largest answer that is held in memory: a few generated pictures as base64. */
const MAX_ANSWER_BYTES = 67_108_864;

/** Reads an answer whole, checks that it is one, and passes its bytes on as they came. */
export function readBufferedAnswer(reply: UpstreamReply, job: AnswerJob): Release {
  collectBody(reply.body, MAX_ANSWER_BYTES, (collected) => {
    if (job.subscriber.closed) return;
    const failure = failureOf(collected, job);
    if (failure) job.subscriber.error(failure);
    else emit(collected.bytes, reply, job);
  });
  return () => reply.body.abort();
}

function failureOf({ isWhole, failure }: Collected, job: AnswerJob): UpstreamError | undefined {
  if (isWhole) return undefined;
  const { name } = job.target.upstream;
  if (failure === undefined) {
    return upstreamError('upstream_bad_response', `The answer of '${name}' is larger than ${MAX_ANSWER_BYTES} bytes.`);
  }
  const { code } = fromTransportError(failure, name, false);
  // The upstream has worked and may have billed: half an answer is not tried again.
  return code === 'upstream_reset'
    ? upstreamError('upstream_reset', `The upstream '${name}' closed the connection in the middle of its answer.`)
    : upstreamError('upstream_bad_response', `The answer of '${name}' cannot be read.`);
}

function emit(bytes: Buffer, reply: UpstreamReply, job: AnswerJob): void {
  const { context, call, target, subscriber } = job;
  const contentType = headerOf(reply.headers, 'content-type');
  const json = parseJson(bytes);
  if (json === undefined) {
    subscriber.error(
      upstreamError(
        'upstream_bad_response',
        `The upstream '${target.upstream.name}' answered with something that is no JSON.`,
      ),
    );
    return;
  }
  const reading = readAnswerBody(call.format, json);
  if (reading.error) {
    subscriber.error(fromErrorObject(streamErrorStatus(reading.error), json, target));
    return;
  }
  context.reportedModel = reading.model;
  context.answerHead = { status: reply.status, contentType, headers: passedHeaders(reply.headers) };
  const usage = toTokenUsage(reading.usage, call.format === 'messages' ? 'anthropic' : 'openai');
  subscriber.next({
    data: bytes,
    text: reading.reasoning + reading.text,
    isLast: true,
    ...(usage ? { usage } : {}),
  });
  subscriber.complete();
}

/** @returns `undefined` for what is no JSON object */
function parseJson(bytes: Buffer): object | undefined {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    // Told as a bad response by the caller; the parser's message would quote the answer.
    return undefined;
  }
}
