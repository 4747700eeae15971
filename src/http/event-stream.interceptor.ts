import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Observable, type Subscription } from 'rxjs';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { AnswerEvent } from './answer-event.js';
import { AnswerWriter } from './answer-writer.js';
import { ClientPatience } from './client-patience.js';
import { contextOf } from './request-context.js';

/**
 * Outermost of the pipeline. Holds the one subscription of an answer, writes its events, and tears it down when the
 * client leaves: the teardown runs down to the upstream call and aborts it.
 */
@Injectable()
export class EventStreamInterceptor implements NestInterceptor {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(ClientPatience) private readonly patience: ClientPatience,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler<AnswerEvent>): Observable<undefined> {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    return new Observable<undefined>((subscriber) => {
      let subscription: Subscription | undefined;
      const leave = (): void => {
        context.hasClientLeft = true;
        subscription?.unsubscribe();
        context.end({ status: 'aborted', httpStatus: 499, errorCode: 'client_closed_request' });
        finish();
      };
      const finish = (): void => {
        // Nest reads the last value of the stream; without one it makes an error with a stack at every call.
        subscriber.next(undefined);
        subscriber.complete();
      };
      const writer = new AnswerWriter(context, {
        keepAliveMs: this.config.timeouts.keepAliveMs,
        stallMs: this.patience.readerStallMs,
        onUncommittedError: (error) => subscriber.error(error),
        onDone: finish,
        onClientLeft: leave,
      });
      subscription = next.handle().subscribe(writer);
      return () => {
        // Nest ends us when the connection closes; whatever else ends us has stopped the writer first.
        if (!writer.hasStopped) {
          writer.stop();
          leave();
        }
        subscription?.unsubscribe();
      };
    });
  }
}
