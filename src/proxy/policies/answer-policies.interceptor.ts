import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../../http/answer-event.js';
import { contextOf } from '../../http/request-context.js';
import { PolicyRegistry } from './policy-registry.js';

/** Wraps the answer in the policies of the stage `answer`; the first of them is the outermost. */
@Injectable()
export class AnswerPolicies implements NestInterceptor<AnswerEvent, AnswerEvent> {
  constructor(private readonly policies: PolicyRegistry) {}

  intercept(execution: ExecutionContext, next: CallHandler<AnswerEvent>): Observable<AnswerEvent> {
    const policies = this.policies.aroundAnswer();
    const answer = next.handle();
    if (policies.length === 0) return answer;
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    return policies.reduceRight((inner, policy) => policy.apply(inner, context), answer);
  }
}
