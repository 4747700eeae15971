import { Observable, type Subscriber } from 'rxjs';
import type { AnswerEvent } from '../../http/answer-event.js';
import { readBufferedAnswer } from './buffered-answer.js';
import { readByteStream } from './byte-stream.js';
import { decodedReply } from './decoded-body.js';
import { readErrorAnswer } from './error-answer-reader.js';
import { readStreamedAnswer } from './streamed-answer.js';
import { refusedStatus } from './status-error.js';
import { headerOf, type UpstreamReply } from './upstream-body.js';
import type { Transport } from './upstream-client.js';
import { upstreamError } from './upstream-error.js';
import type { ProviderCall } from './upstream-provider.js';
import type { UpstreamRequest } from './upstream-request.js';
import { Watchdog } from './watchdog.js';

/** What the readers of the different kinds of answers work with. */
export interface AnswerJob extends ProviderCall {
  readonly watchdog: Watchdog;
  readonly subscriber: Subscriber<AnswerEvent>;
}

/** Lets go of the upstream's body: aborts what still runs, lets a whole answer's last bytes arrive. */
export type Release = () => void;

/**
 * Calls an upstream that speaks the client's own format, and passes its answer on as it came. Unsubscribing closes the
 * upstream's socket, whatever phase the call is in.
 */
export function answerOver(
  transport: Transport,
  request: UpstreamRequest,
  call: ProviderCall,
): Observable<AnswerEvent> {
  return new Observable((subscriber) => {
    const { target, limits } = call;
    const exchange = transport.send(request);
    const isStream = call.call.isStream;
    const watchdog = new Watchdog(
      target.upstream.name,
      {
        firstMs: isStream ? limits.firstEventMs : Number.POSITIVE_INFINITY,
        idleMs: isStream ? limits.idleMs : Number.POSITIVE_INFINITY,
        deadlineAtMs: limits.deadlineAtMs,
      },
      (error) => subscriber.error(error),
    );
    let release: Release = () => exchange.abort();
    exchange.reply.then(
      (reply) => {
        // Unsubscribed while the head was on its way: the abort above has closed the socket.
        if (!subscriber.closed) release = readReply(decodedReply(reply), jobOf(call, watchdog, subscriber));
      },
      (error: unknown) => subscriber.error(error),
    );
    return () => {
      watchdog.stop();
      release();
    };
  });
}

/** Field by field: a spread followed by more fields is slow in V8. */
function jobOf(
  { context, call, target, limits }: ProviderCall,
  watchdog: Watchdog,
  subscriber: Subscriber<AnswerEvent>,
): AnswerJob {
  return { context, call, target, limits, watchdog, subscriber };
}

function readReply(reply: UpstreamReply, job: AnswerJob): Release {
  const { name } = job.target.upstream;
  job.context.tries.at(-1)!.httpStatus = reply.status;
  const refused = refusedStatus(reply, name);
  if (refused) {
    job.subscriber.error(refused);
    return () => reply.body.abort();
  }
  if (reply.status >= 400) return readErrorAnswer(reply, job);
  const contentType = headerOf(reply.headers, 'content-type') ?? '';
  const isEventStream = /^text\/event-stream\b/i.test(contentType);
  if (job.call.format === 'audio' && !isEventStream && !/^application\/json\b/i.test(contentType)) {
    return readByteStream(reply, job);
  }
  if (job.call.isStream !== isEventStream) {
    const what = job.call.isStream ? 'no event stream' : 'an event stream';
    job.subscriber.error(upstreamError('upstream_bad_response', `The upstream '${name}' answered with ${what}.`));
    return () => reply.body.abort();
  }
  return isEventStream ? readStreamedAnswer(reply, job) : readBufferedAnswer(reply, job);
}
