import { SetMetadata } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../../http/answer-event.js';
import type { RequestContext } from '../../http/request-context.js';

/**
 * The places in the pipeline where a company's own rules stand; see `gateway-endpoint.decorator.ts` for the whole list.
 *
 * - `authenticated`: the caller is known, the body is not read.
 * - `routed`: body and route are known, nothing is reserved.
 * - `admitted`: limits and budget have let the call through; the upstream is called next.
 * - `answer`: around the answer, inside the accounting.
 */
export type PipelineStage = 'authenticated' | 'routed' | 'admitted' | 'answer';

export interface PolicyOptions {
  readonly stage: PipelineStage;
  /** Policies of one stage run in ascending order; default 0. */
  readonly order?: number;
}

/** A rule before the answer. Refuses by throwing a `GatewayError`. */
export interface CallPolicy {
  check(context: RequestContext): void | Promise<void>;
}

/** A rule around the answer: it may end it with a `GatewayError` or change events that are not yet written. */
export interface AnswerPolicy {
  apply(answer: Observable<AnswerEvent>, context: RequestContext): Observable<AnswerEvent>;
}

export const PIPELINE_POLICY = 'gateway:pipeline-policy';

/** Puts a provider of any module at its stage of the pipeline. */
export const PipelinePolicy = (options: PolicyOptions): ClassDecorator => SetMetadata(PIPELINE_POLICY, options);
