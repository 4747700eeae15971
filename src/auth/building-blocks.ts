import type { Provider } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { getOptionsToken, getStorageToken } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { CredentialVault } from './credential-vault.js';
import { FailedAuthentications } from './failed-authentications.js';
import { GoogleStrategy } from './google.strategy.js';
import { KeyDirectory } from './key-directory.js';
import { KeyFingerprints } from './key-fingerprints.js';
import { throttlerOptions } from './key-throttler.guard.js';
import { People } from './people.service.js';
import { RequestWindows } from './request-windows.js';
import { SecretService } from './secret.service.js';
import { SessionTokens } from './session-tokens.js';
import { Sessions } from './sessions.service.js';
import { SignInStateStore } from './sign-in-state.store.js';

/** The classes that know nothing of Nest, made from the configuration and from one another. */
export const BUILDING_BLOCKS: Provider[] = [
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
    provide: CredentialVault,
    inject: [SecretService],
    useFactory: (secrets: SecretService) => new CredentialVault(secrets),
  },
  {
    provide: FailedAuthentications,
    inject: [GATEWAY_CONFIG],
    useFactory: (config: GatewayConfig) => new FailedAuthentications(config.limits.floodRpm),
  },
  { provide: getStorageToken(), useFactory: () => new RequestWindows() },
  { provide: getOptionsToken(), inject: [GATEWAY_CONFIG], useFactory: throttlerOptions },
  { provide: People, inject: [DataSource], useFactory: (dataSource: DataSource) => new People(dataSource) },
  { provide: Sessions, inject: [DataSource], useFactory: (dataSource: DataSource) => new Sessions(dataSource) },
  {
    provide: SessionTokens,
    inject: [GATEWAY_CONFIG, SecretService],
    useFactory: (config: GatewayConfig, secrets: SecretService) =>
      new SessionTokens(new JwtService(), sessionKeys(config, secrets)),
  },
  {
    provide: SignInStateStore,
    inject: [GATEWAY_CONFIG, SecretService],
    useFactory: (config: GatewayConfig, secrets: SecretService) => new SignInStateStore(config, secrets),
  },
  {
    provide: GoogleStrategy,
    inject: [GATEWAY_CONFIG, SignInStateStore],
    useFactory: (config: GatewayConfig, states: SignInStateStore) =>
      config.google ? new GoogleStrategy(config.google, config, states) : null,
  },
];

/** A signing secret of its own, or keys derived from the gateway's. */
function sessionKeys(config: GatewayConfig, secrets: SecretService): readonly [Buffer, ...Buffer[]] {
  return config.sessionSecret ? [Buffer.from(config.sessionSecret.reveal())] : secrets.keys('session');
}
