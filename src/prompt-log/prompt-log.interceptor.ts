import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';
import { previewWindow, redactedPreview } from '../../libs/redaction/redact-text.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { AnswerEvent } from '../http/answer-event.js';
import { contextOf, type RequestContext } from '../http/request-context.js';
import { promptPreview } from './prompt-preview.js';

/** Puts previews of question and answer into the context, from where the ledger takes them when it settles the row. */
@Injectable()
export class PromptLogInterceptor implements NestInterceptor<AnswerEvent, AnswerEvent> {
  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  intercept(execution: ExecutionContext, next: CallHandler<AnswerEvent>): Observable<AnswerEvent> {
    const context = contextOf(execution.switchToHttp().getRequest<IncomingMessage>());
    const { isEnabled, previewChars } = this.config.promptLog;
    if (!isEnabled || previewChars === 0 || context.isTextUnlogged || context.isRaw || !context.call) {
      return next.handle();
    }
    context.prompt.promptPreview = promptPreview(context.call, previewChars);
    return previewed(next.handle(), context, previewChars);
  }
}

/** Passes the events on and keeps the beginning of their text. */
function previewed(
  answer: Observable<AnswerEvent>,
  context: RequestContext,
  maxChars: number,
): Observable<AnswerEvent> {
  const enough = previewWindow(maxChars);
  return new Observable((subscriber: Subscriber<AnswerEvent>) => {
    let text = '';
    let isShown = false;
    const show = (): void => {
      if (isShown) return;
      isShown = true;
      if (text !== '') context.prompt.responsePreview = redactedPreview(text, maxChars);
    };
    const subscription = answer.subscribe({
      next: (event) => {
        if (event.text !== '' && text.length < enough) text += event.text.slice(0, enough - text.length);
        // Whoever counts the costs settles with the last event, so the preview must be there before it.
        if (event.isLast) show();
        subscriber.next(event);
      },
      error: (error: unknown) => {
        show();
        subscriber.error(error);
      },
      complete: () => {
        show();
        subscriber.complete();
      },
    });
    return () => {
      subscription.unsubscribe();
      show();
    };
  });
}
