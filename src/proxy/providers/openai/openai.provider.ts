import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { GATEWAY_CONFIG } from '../../../config/config.module.js';
import type { GatewayConfig } from '../../../config/gateway-config.js';
import type { AnswerEvent } from '../../../http/answer-event.js';
import { answerOver } from '../answer-over.js';
import { compatibleRequest } from '../compatible-request.js';
import { UpstreamClient } from '../upstream-client.js';
import { UpstreamProvider, type ProviderCall, type UpstreamProviderContract } from '../upstream-provider.js';

/**
 * OpenAI and everything that speaks like it: vLLM, Ollama, llama.cpp, OpenRouter, and Anthropic's own API on
 * `/v1/messages`. The bytes of the client go on as they came, and so do those of the answer.
 */
@Injectable()
@UpstreamProvider({ name: 'openai' })
export class OpenAiProvider implements UpstreamProviderContract {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly client: UpstreamClient,
  ) {}

  answer(call: ProviderCall): Observable<AnswerEvent> {
    return answerOver(this.client, compatibleRequest(call, this.config.forwardHeaders), call);
  }
}
