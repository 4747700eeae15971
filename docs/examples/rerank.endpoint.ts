import { Controller, Module } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { AnswerEvent } from '../../src/http/answer-event.js';
import type { RequestContext } from '../../src/http/request-context.js';
import { Context, GatewayEndpoint } from '../../src/proxy/gateway-endpoint.decorator.js';
import { ProxyModule } from '../../src/proxy/proxy.module.js';
import { ProxyService } from '../../src/proxy/proxy.service.js';

/**
 * `POST /v1/rerank`, as vLLM, Jina and others have it. The decorator is the whole pipeline: keys, limits, routing by
 * `model`, budgets, retries, cost (its usage is read like that of embeddings) and the record.
 */
@Controller()
export class RerankController {
  constructor(private readonly proxy: ProxyService) {}

  @GatewayEndpoint({ path: '/v1/rerank', upstreamPath: '/rerank', format: 'embeddings' })
  rerank(@Context() context: RequestContext): Observable<AnswerEvent> {
    return this.proxy.answer(context);
  }
}

@Module({ imports: [ProxyModule], controllers: [RerankController] })
export default class RerankModule {}
