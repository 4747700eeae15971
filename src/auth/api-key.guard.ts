import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { ANONYMOUS } from '../http/caller.js';
import { contextOf } from '../http/request-context.js';
import { InvalidApiKeyError } from './auth-errors.js';
import { readClientCredential } from './client-credential.js';
import { ClientKeys } from './client-keys.service.js';

/** First guard of every `/v1` route: says who calls. An explicit key beats the session cookie. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly keys: ClientKeys,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<IncomingMessage>();
    const context = contextOf(request);
    const credential = readClientCredential(request);
    if (credential) {
      const caller = this.keys.callerOf(credential, context.clientAddress);
      if (caller.kind === 'admin') {
        throw new InvalidApiKeyError('The admin key opens /api and never /v1. Use a key made at /api/keys.');
      }
      context.caller = caller;
      return true;
    }
    if (this.config.access === 'open') {
      context.caller = ANONYMOUS;
      return true;
    }
    throw new InvalidApiKeyError(
      'No key came with this call. Send one that this gateway issued, as Authorization: Bearer gw-….',
    );
  }
}
