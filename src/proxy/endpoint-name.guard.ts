import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { pipelineEndpointOf } from '../http/pipeline-endpoint.js';
import { contextOf } from '../http/request-context.js';

/** Names the endpoint in the context by its handler, never by its path: `/V1/Messages/` is the same endpoint. */
@Injectable()
export class EndpointNameGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const endpoint = pipelineEndpointOf(execution);
    if (!endpoint) throw new Error('EndpointNameGuard stands before a handler without a pipeline endpoint');
    contextOf(execution.switchToHttp().getRequest<IncomingMessage>()).endpoint = endpoint.path;
    return true;
  }
}
