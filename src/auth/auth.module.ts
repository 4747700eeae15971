import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { getOptionsToken, getStorageToken } from '@nestjs/throttler';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { AccessGuard } from './access.guard.js';
import { ApiCallers } from './api-callers.service.js';
import { ClientKeys } from './client-keys.service.js';
import { FailedAuthentications } from './failed-authentications.js';
import { KeyDirectory } from './key-directory.js';
import { KeyFingerprints } from './key-fingerprints.js';
import { throttlerOptions } from './key-throttler.guard.js';
import { RequestWindows } from './request-windows.js';
import { SecretService } from './secret.service.js';

/** Who calls, what they may do, and how often. */
@Module({
  providers: [
    {
      provide: SecretService,
      inject: [GATEWAY_CONFIG],
      useFactory: (config: GatewayConfig) => SecretService.fromConfig(config),
    },
    {
      provide: KeyDirectory,
      inject: [SecretService],
      useFactory: (secrets: SecretService) => new KeyDirectory(secrets),
    },
    {
      provide: KeyFingerprints,
      inject: [SecretService],
      useFactory: (secrets: SecretService) => new KeyFingerprints(secrets),
    },
    {
      provide: FailedAuthentications,
      inject: [GATEWAY_CONFIG],
      useFactory: (config: GatewayConfig) => new FailedAuthentications(config.limits.floodRpm),
    },
    { provide: getStorageToken(), useFactory: () => new RequestWindows() },
    { provide: getOptionsToken(), inject: [GATEWAY_CONFIG], useFactory: throttlerOptions },
    ClientKeys,
    ApiCallers,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  // Nest makes the guards of a pipeline in the module of its controllers; they find here what they need.
  exports: [SecretService, ClientKeys, getStorageToken(), getOptionsToken()],
})
export class AuthModule {}
