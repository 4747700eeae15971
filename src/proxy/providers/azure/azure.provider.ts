import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { GATEWAY_CONFIG } from '../../../config/config.module.js';
import type { GatewayConfig } from '../../../config/gateway-config.js';
import type { AnswerEvent } from '../../../http/answer-event.js';
import { answerOver } from '../answer-over.js';
import { compatibleRequest } from '../compatible-request.js';
import { UpstreamClient } from '../upstream-client.js';
import { UpstreamProvider, type ProviderCall, type UpstreamProviderContract } from '../upstream-provider.js';
import { modelAddress } from './azure-address.js';

/**
 * Azure OpenAI, by its v1 address and by its classic deployment address, where the deployment in the path decides the
 * model. It takes its key as `api-key`; its streams begin with a chunk of filter results that has no choices.
 * @see https://learn.microsoft.com/azure/ai-services/openai/reference
 */
@Injectable()
@UpstreamProvider({ name: 'azure' })
export class AzureProvider implements UpstreamProviderContract {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly client: UpstreamClient,
  ) {}

  answer(call: ProviderCall): Observable<AnswerEvent> {
    const { query } = modelAddress(call.target.upstream);
    const request = compatibleRequest(call, this.config.forwardHeaders, query);
    return answerOver(this.client, request, call);
  }
}
