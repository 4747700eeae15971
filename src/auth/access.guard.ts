import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { AccessMode, GatewayConfig } from '../config/gateway-config.js';
import { ACCESS_RULE, type AccessRule } from '../http/access.decorator.js';
import type { Caller } from '../http/caller.js';
import type { GatewayError } from '../http/gateway-error.js';
import { pipelineEndpointOf } from '../http/pipeline-endpoint.js';
import { contextOf } from '../http/request-context.js';
import { NotFoundError } from '../http/request-errors.js';
import { ApiCallers } from './api-callers.service.js';
import { AdminOnlyError, InvalidApiKeyError, PersonOnlyError } from './auth-errors.js';

/** Guards every handler outside the `/v1` pipeline by its access rule; a handler without one is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger('access');

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly reflector: Reflector,
    private readonly callers: ApiCallers,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    if (pipelineEndpointOf(execution)) return true;
    const targets = [execution.getHandler(), execution.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets);
    if (rule === 'public') return true;
    if (rule === undefined) {
      this.logger.error({ event: 'handler_without_access_rule', handler: execution.getHandler().name });
      throw new NotFoundError('There is nothing at this path. GET /docs lists what there is.');
    }
    const http = execution.switchToHttp();
    return this.admit(http.getRequest<IncomingMessage>(), http.getResponse<ServerResponse>(), rule);
  }

  private async admit(
    request: IncomingMessage,
    response: ServerResponse,
    rule: Exclude<AccessRule, 'public'>,
  ): Promise<boolean> {
    const caller = await this.callers.callerOf(request, response);
    const refusal = refusalOf(caller, rule, this.config.access);
    if (refusal) throw refusal;
    contextOf(request).caller = caller;
    return true;
  }
}

/** Why a caller may not use a handler with this rule; undefined when it may. The matrix of docs/access.md. */
export function refusalOf(
  caller: Caller,
  rule: Exclude<AccessRule, 'public'>,
  access: AccessMode,
): GatewayError | undefined {
  const isKnown = caller.kind !== 'anonymous';
  switch (rule) {
    case 'chatter':
      return isKnown || access === 'open' ? undefined : unknownCaller();
    case 'known':
      return isKnown ? undefined : unknownCaller();
    case 'person':
      if (caller.kind === 'person') return undefined;
      return isKnown ? new PersonOnlyError() : unknownCaller();
    case 'admin':
      if (caller.isAdmin) return undefined;
      return isKnown ? new AdminOnlyError() : unknownCaller();
  }
}

function unknownCaller(): GatewayError {
  return new InvalidApiKeyError('Sign in, or send a key as Authorization: Bearer <key>.');
}
