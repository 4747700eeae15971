import { SseTooLargeError } from '../../../libs/sse/sse-parser.js';
import { MalformedEventError } from '../../../libs/openai/stream-reading.js';
import type { AnswerJob, Release } from './answer-over.js';
import { EventStreamReader } from './event-stream-reader.js';
import { passedHeaders } from './passed-headers.js';
import { fromTransportError } from './transport-error.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { restingFlow } from './watchdog.js';
import { upstreamError, UpstreamError } from './upstream-error.js';

/** How long the end of a stream may take after its last event, so that the socket can serve the next call. */
const END_GRACE_MS = 1_000;

/** Passes the events of a stream on as they come, one by one. */
export function readStreamedAnswer(reply: UpstreamReply, job: AnswerJob): Release {
  const { context, subscriber, watchdog, target } = job;
  const { body } = reply;
  let hasEnded = false;
  const reader = new EventStreamReader(job.call, target, (event) => {
    watchdog.progress();
    context.reportedModel ??= reader.model;
    subscriber.next(event);
  });
  const attempt = (step: () => void): void => {
    if (subscriber.closed) return;
    try {
      step();
      if (reader.isWhole) subscriber.complete();
    } catch (thrown) {
      subscriber.error(toUpstreamError(thrown, target.upstream.name));
    }
  };
  context.answerHead = {
    status: reply.status,
    contentType: headerOf(reply.headers, 'content-type'),
    headers: passedHeaders(reply.headers),
  };
  context.flow = restingFlow(body, watchdog);
  body.read({
    data: (chunk) => attempt(() => reader.push(chunk)),
    end: () => {
      hasEnded = true;
      attempt(() => reader.end());
    },
    error: (thrown) => {
      hasEnded = true;
      attempt(() => {
        throw brokenOff(thrown, target.upstream.name);
      });
    },
  });
  return () => {
    if (hasEnded) return;
    if (!reader.isWhole) {
      body.abort();
      return;
    }
    body.resume();
    setTimeout(() => {
      if (!hasEnded) body.abort();
    }, END_GRACE_MS).unref();
  };
}

/** The connection broke: before the first event another try may help, and the operator knows whether there was one. */
function brokenOff(thrown: unknown, name: string): UpstreamError {
  const error = fromTransportError(thrown, name, false);
  return error.code === 'upstream_reset'
    ? upstreamError('upstream_reset', `The upstream '${name}' closed the connection in the middle of its stream.`, {
        isRetryable: true,
      })
    : upstreamError('upstream_bad_response', `The stream of '${name}' cannot be read.`);
}

function toUpstreamError(thrown: unknown, name: string): unknown {
  if (thrown instanceof UpstreamError) return thrown;
  if (thrown instanceof MalformedEventError) {
    return upstreamError('upstream_bad_response', `The upstream '${name}' sent an event that is no JSON object.`);
  }
  if (thrown instanceof SseTooLargeError) {
    return upstreamError('upstream_bad_response', `The upstream '${name}' sent an event that is larger than 1 MB.`);
  }
  return thrown;
}
