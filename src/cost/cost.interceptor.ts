import type { IncomingMessage } from 'node:http';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Observable, type Subscription } from 'rxjs';
import type { AnswerEvent } from '../http/answer-event.js';
import { contextOf } from '../http/request-context.js';
import { CallMeter } from './call-meter.js';
import { CostService } from './cost.service.js';

/** Opens the ledger's row before the call is made, and settles it once when the answer ends, however it ends. */
@Injectable()
export class CostInterceptor implements NestInterceptor<AnswerEvent, AnswerEvent> {
  constructor(private readonly costs: CostService) {}

  intercept(execution: ExecutionContext, next: CallHandler<AnswerEvent>): Observable<AnswerEvent> {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    return new Observable<AnswerEvent>((subscriber) => {
      const meter = new CallMeter(context, this.costs, subscriber);
      let answer: Subscription | undefined;
      this.costs.open(context).then(
        () => {
          if (subscriber.closed) meter.leave();
          else answer = next.handle().subscribe(meter);
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => {
        // First the upstream ends, and the texts with it; then the row tells what there was.
        answer?.unsubscribe();
        if (answer) meter.leave();
      };
    });
  }
}
