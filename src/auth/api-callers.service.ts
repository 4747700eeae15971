import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { ANONYMOUS, type Caller } from '../http/caller.js';
import { contextOf } from '../http/request-context.js';
import { readClientCredential } from './client-credential.js';
import { ClientKeys } from './client-keys.service.js';
import { isAdminConfigured, isDirectLoopback } from './direct-loopback.js';
import { SignedInPeople } from './signed-in.service.js';

const LOOPBACK_ADMIN: Caller = {
  kind: 'admin',
  keyId: 'admin',
  maskedKey: 'loopback',
  name: 'loopback',
  isAdmin: true,
};

/** Says who calls outside `/v1`: by key, else by session, else by being on this very machine. */
@Injectable()
export class ApiCallers {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly keys: ClientKeys,
    private readonly signedIn: SignedInPeople,
  ) {}

  /**
   * @returns the anonymous caller for a request without a credential
   * @throws {GatewayError} 400 or 401 for a credential that is no good, 403 for a write from a foreign page
   */
  async callerOf(request: IncomingMessage, response: ServerResponse): Promise<Caller> {
    const credential = readClientCredential(request);
    if (credential) return this.keys.callerOf(credential, contextOf(request).clientAddress);
    if (this.signedIn.hasCookie(request)) {
      const caller = await this.signedIn.callerOf(request, response);
      await this.signedIn.renew(request, response);
      return caller;
    }
    return isDirectLoopback(request, this.config) && !isAdminConfigured(this.config) ? LOOPBACK_ADMIN : ANONYMOUS;
  }
}
