import { Module, type DynamicModule } from '@nestjs/common';
import type { GatewayConfig } from './gateway-config.js';

/** Injects the one `GatewayConfig`: `@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig` */
export const GATEWAY_CONFIG = Symbol('GatewayConfig');

/** Gives the configuration to every module, without being imported by each. */
@Module({})
export class ConfigModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: GATEWAY_CONFIG, useValue: config }],
      exports: [GATEWAY_CONFIG],
    };
  }
}
