import type { AnswerJob, Release } from './answer-over.js';
import { passedHeaders } from './passed-headers.js';
import { fromTransportError } from './transport-error.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import { restingFlow } from './watchdog.js';
import { upstreamError } from './upstream-error.js';

/**
 * Passes bytes on as they arrive: speech, files. Of an answer whose length is known the last bytes wait for its end,
 * so that the ledger can commit before they go out; without a length, the end itself is what tells that it was whole.
 */
export function readByteStream(reply: UpstreamReply, job: Omit<AnswerJob, 'call'>): Release {
  const { context, subscriber, watchdog, target } = job;
  const { body } = reply;
  let missingBytes = Number.POSITIVE_INFINITY;
  let last: Buffer | undefined;
  const contentLength = headerOf(reply.headers, 'content-length');
  const isEncoded = reply.headers['content-encoding'] !== undefined;
  const isLengthKnown = contentLength !== undefined && !isEncoded;
  if (isLengthKnown) missingBytes = Number(contentLength);
  context.answerHead = {
    status: reply.status,
    contentType: headerOf(reply.headers, 'content-type'),
    headers: {
      ...passedHeaders(reply.headers),
      ...(isLengthKnown ? { 'Content-Length': contentLength } : {}),
    },
  };
  context.flow = restingFlow(body, watchdog);
  body.read({
    data: (chunk) => {
      watchdog.progress();
      missingBytes -= chunk.length;
      if (missingBytes <= 0) last = chunk;
      else subscriber.next({ data: chunk, text: '' });
    },
    end: () => {
      subscriber.next({ data: last ?? '', text: '', isLast: true });
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
