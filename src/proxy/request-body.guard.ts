import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { pipelineEndpointOf } from '../http/pipeline-endpoint.js';
import { ClientPatience } from '../http/client-patience.js';
import { readBody } from '../http/raw-body.js';
import { contextOf } from '../http/request-context.js';
import type { EndpointSpec } from './endpoints.js';
import { checkContentType, readModelCall } from './read-model-call.js';

/** Reads the body, once, after the caller is known: nobody unknown fills the memory. */
@Injectable()
export class RequestBodyGuard implements CanActivate {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(ClientPatience) private readonly patience: ClientPatience,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const spec = pipelineEndpointOf<EndpointSpec>(execution);
    if (!spec) throw new Error('RequestBodyGuard stands before a handler without a pipeline endpoint');
    const request = execution.switchToHttp().getRequest<IncomingMessage>();
    const contentType = request.headers['content-type'];
    checkContentType(contentType, request.headers['content-encoding'], spec);
    const bytes = await readBody(request, this.config.server.maxBodyBytes, this.patience.bodySilenceMs);
    const context = contextOf(request);
    context.call = readModelCall(bytes, contentType ?? '', spec, context.wantsCost);
    return true;
  }
}
