import type { AnswerJob, Release } from './answer-over.js';
import { passedHeaders } from './passed-headers.js';
import { fromTransportError } from './transport-error.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { upstreamError } from './upstream-error.js';

/**
 * Passes bytes on as they arrive: speech, files. One chunk is held back, so that the last one is known as the last
 * and the ledger can commit before it goes out.
 */
export function readByteStream(reply: UpstreamReply, job: Omit<AnswerJob, 'call'>): Release {
  const { context, subscriber, watchdog, target } = job;
  const { body } = reply;
  let held: Buffer | undefined;
  const contentLength = headerOf(reply.headers, 'content-length');
  const isEncoded = reply.headers['content-encoding'] !== undefined;
  context.answerHead = {
    status: reply.status,
    contentType: headerOf(reply.headers, 'content-type'),
    headers: {
      ...passedHeaders(reply.headers),
      ...(contentLength !== undefined && !isEncoded ? { 'Content-Length': contentLength } : {}),
    },
  };
  context.flow = {
    pause: () => {
      watchdog.rest(true);
      body.pause();
    },
    resume: () => {
      watchdog.rest(false);
      body.resume();
    },
  };
  body.read({
    data: (chunk) => {
      watchdog.progress();
      if (held) subscriber.next({ data: held, text: '' });
      held = chunk;
    },
    end: () => {
      subscriber.next({ data: held ?? '', text: '', isLast: true });
      subscriber.complete();
    },
    error: (thrown) => {
      const { code } = fromTransportError(thrown, target.upstream.name, false);
      const message = `The upstream '${target.upstream.name}' broke off in the middle of its answer.`;
      subscriber.error(upstreamError(code === 'upstream_reset' ? 'upstream_reset' : 'upstream_bad_response', message));
    },
  });
  return () => body.abort();
}
