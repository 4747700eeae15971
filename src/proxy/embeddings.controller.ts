import { Controller } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../http/answer-event.js';
import type { RequestContext } from '../http/request-context.js';
import { MODEL_ENDPOINTS } from './endpoints.js';
import { Context, GatewayEndpoint } from './gateway-endpoint.decorator.js';
import { ProxyService } from './proxy.service.js';

@Controller()
export class EmbeddingsController {
  constructor(private readonly proxy: ProxyService) {}

  @GatewayEndpoint(MODEL_ENDPOINTS.embeddings)
  embeddings(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }

  @GatewayEndpoint(MODEL_ENDPOINTS.moderations)
  moderations(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }
}
