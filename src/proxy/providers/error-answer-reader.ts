import type { AnswerJob, Release } from './answer-over.js';
import { collectBody } from './collect-body.js';
import { fromErrorStatus } from './status-error.js';
import type { UpstreamReply } from './upstream-body.js';

const MAX_ERROR_BYTES = 65_536;
/** An upstream that never ends its error has still said its status. */
const MAX_ERROR_MS = 5_000;

/** Reads the body of an error, as far as it comes, and fails the try with what it says. */
export function readErrorAnswer(reply: UpstreamReply, job: Pick<AnswerJob, 'subscriber' | 'target'>): Release {
  const fail = (bytes: Buffer): void => job.subscriber.error(fromErrorStatus(reply, bytes, job.target));
  const timer = setTimeout(() => fail(Buffer.alloc(0)), MAX_ERROR_MS);
  collectBody(reply.body, MAX_ERROR_BYTES, ({ bytes }) => {
    clearTimeout(timer);
    fail(bytes);
  });
  return () => {
    clearTimeout(timer);
    reply.body.abort();
  };
}
