import { timingSafeEqual, createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Caller, ClientCredential } from '../http/caller.js';
import { InvalidApiKeyError } from './auth-errors.js';
import { FailedAuthentications } from './failed-authentications.js';
import { KEY_PREFIX } from './issued-key.js';
import { IssuedKeys } from './issued-keys.service.js';
import { KeyFingerprints } from './key-fingerprints.js';

const ADMIN: Caller = { kind: 'admin', keyId: 'admin', maskedKey: 'admin', name: 'admin key', isAdmin: true };

/** Says who a client's key belongs to. */
@Injectable()
export class ClientKeys {
  private readonly adminDigest: Buffer | undefined;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly issued: IssuedKeys,
    private readonly fingerprints: KeyFingerprints,
    private readonly failures: FailedAuthentications,
  ) {
    this.adminDigest = config.adminKey && digestOf(config.adminKey.reveal());
  }

  /**
   * @param address of the client; failures are counted by it
   * @throws {InvalidApiKeyError} for a key that opens nothing here
   * @throws {AuthenticationFloodError} in its place when the address has failed too often
   * @throws {KeyExpiredError}
   * @throws {KeyDisabledError}
   */
  callerOf(credential: ClientCredential, address: string): Caller {
    const { value } = credential;
    if (this.isAdminKey(value)) return ADMIN;
    if (value.startsWith(KEY_PREFIX)) {
      const caller = this.issued.callerOf(value);
      if (caller) return caller;
    } else if (this.config.access === 'open') {
      return { kind: 'upstream-key', ...this.fingerprints.of(value), isAdmin: false, credential };
    }
    throw this.failures.refuse(address, new InvalidApiKeyError());
  }

  private isAdminKey(value: string): boolean {
    // Digests are of one length, so neither the length nor the first wrong character of a guess can be timed.
    return this.adminDigest !== undefined && timingSafeEqual(this.adminDigest, digestOf(value));
  }
}

function digestOf(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
