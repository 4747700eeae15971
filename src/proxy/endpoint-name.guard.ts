import type { IncomingMessage } from 'node:http';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PIPELINE_ENDPOINT } from '../http/pipeline-endpoint.js';
import { contextOf } from '../http/request-context.js';

/** Names the endpoint in the context by its handler, never by its path: `/V1/Messages/` is the same endpoint. */
@Injectable()
export class EndpointNameGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const targets = [execution.getHandler(), execution.getClass()];
    const { path } = this.reflector.getAllAndOverride<{ path: string }>(PIPELINE_ENDPOINT, targets);
    contextOf(execution.switchToHttp().getRequest<IncomingMessage>()).endpoint = path;
    return true;
  }
}
