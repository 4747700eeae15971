import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { ANONYMOUS, type Caller, type ClientCredential } from '../http/caller.js';
import { contextOf } from '../http/request-context.js';
import { InvalidApiKeyError } from './auth-errors.js';
import { assertNoForeignPage } from './cross-site.js';
import { readClientCredential } from './client-credential.js';
import { ClientKeys } from './client-keys.service.js';
import { SignedInPeople } from './signed-in.service.js';

/** First guard of every `/v1` route: says who calls. An explicit key beats the session cookie. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly keys: ClientKeys,
    private readonly signedIn: SignedInPeople,
  ) {}

  /** Synchronous for all but people who have not called lately. */
  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<IncomingMessage>();
    const context = contextOf(request);
    const caller = this.callerOf(request, http.getResponse<ServerResponse>(), context.clientAddress);
    if (caller instanceof Promise) {
      return caller.then((person) => {
        context.caller = person;
        return true;
      });
    }
    context.caller = caller;
    return true;
  }

  private callerOf(request: IncomingMessage, response: ServerResponse, address: string): Caller | Promise<Caller> {
    const credential = readClientCredential(request);
    if (credential) return this.keyHolder(credential, address);
    if (this.signedIn.hasCookie(request)) return this.signedIn.callerOf(request, response);
    if (this.config.access === 'open') {
      assertNoForeignPage(request, this.config);
      return ANONYMOUS;
    }
    throw new InvalidApiKeyError(
      'No key came with this call. Send one that this gateway issued, as Authorization: Bearer gw-….',
    );
  }

  private keyHolder(credential: ClientCredential, address: string): Caller {
    const caller = this.keys.callerOf(credential, address);
    if (caller.kind !== 'admin') return caller;
    throw new InvalidApiKeyError('The admin key opens /api and never /v1. Use a key made at /api/keys.');
  }
}
