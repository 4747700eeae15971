import { Controller } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../http/answer-event.js';
import type { RequestContext } from '../http/request-context.js';
import { MODEL_ENDPOINTS } from './endpoints.js';
import { Context, GatewayEndpoint } from './gateway-endpoint.decorator.js';
import { ProxyService } from './proxy.service.js';

@Controller()
export class ImagesController {
  constructor(private readonly proxy: ProxyService) {}

  @GatewayEndpoint(MODEL_ENDPOINTS.imageGenerations)
  imageGenerations(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }

  @GatewayEndpoint(MODEL_ENDPOINTS.imageEdits)
  imageEdits(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }

  @GatewayEndpoint(MODEL_ENDPOINTS.imageVariations)
  imageVariations(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }
}
