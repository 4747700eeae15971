import { SetMetadata } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../../http/answer-event.js';
import type { ModelCall } from '../../http/model-call.js';
import type { RequestContext } from '../../http/request-context.js';
import type { Target } from '../../http/target.js';

/** The times that one try has. */
export interface CallLimits {
  /** Until a stream's first event, ms. */
  readonly firstEventMs: number;
  /** Silence inside a stream, ms. */
  readonly idleMs: number;
  /** End of the whole call, its retries included, on the monotonic clock. */
  readonly deadlineAtMs: number;
}

/** One try of one call at one upstream. */
export interface ProviderCall {
  readonly context: RequestContext;
  readonly call: ModelCall;
  readonly target: Target;
  readonly limits: CallLimits;
}

/**
 * Speaks one kind of upstream. Provider classes carry `@UpstreamProvider({ name })` and are found by it.
 * A compatible upstream's bytes pass as they are; a translating provider fills the same events.
 */
export interface UpstreamProviderContract {
  /**
   * Calls the upstream at subscription; unsubscribing aborts the call. Emits the events of the answer, the last one
   * with `isLast`; sets `context.answerHead` before the first one.
   * @throws {UpstreamError} as an error notification; it knows whether another try may help
   */
  answer(call: ProviderCall): Observable<AnswerEvent>;
}

export const UPSTREAM_PROVIDER = 'gateway:upstream-provider';

/** Registers a provider under the `kind` of the upstreams that it speaks to. */
export const UpstreamProvider = (options: { readonly name: string }): ClassDecorator =>
  SetMetadata(UPSTREAM_PROVIDER, options.name);
