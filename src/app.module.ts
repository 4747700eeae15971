import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ConfigModule } from './config/config.module.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { CostModule } from './cost/cost.module.js';
import { HealthModule } from './health/health.module.js';
import { CallsInFlight } from './http/calls-in-flight.js';
import { ClientPatience, USUAL_PATIENCE } from './http/client-patience.js';
import { OpenAiErrorFilter } from './http/openai-error.filter.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { PromptLogModule } from './prompt-log/prompt-log.module.js';
import { ProxyModule } from './proxy/proxy.module.js';
import { RawRoadModule } from './proxy/raw-road.module.js';
import { RoutingModule } from './routing/routing.module.js';
import type { Storage } from './storage/storage.js';
import { StorageModule } from './storage/storage.module.js';

/** What all modules share below Nest's own: who is under way, and how long one waits for whom. */
@Global()
@Module({})
export class HttpModule {
  static forRoot(patience: ClientPatience): DynamicModule {
    return {
      module: HttpModule,
      providers: [CallsInFlight, { provide: ClientPatience, useValue: patience }],
      exports: [CallsInFlight, ClientPatience],
    };
  }
}

/** A Nest module of the company's own, or a dynamic one. */
export type ExtensionModule = Type<unknown> | DynamicModule;

/** The table of contents of the gateway. */
@Module({})
export class AppModule {
  static forRoot(
    config: GatewayConfig,
    storage: Storage,
    extensions: readonly ExtensionModule[] = [],
    patience: ClientPatience = USUAL_PATIENCE,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        HttpModule.forRoot(patience),
        StorageModule.forRoot(storage),
        // Express matches in the order of registration, so the road comes first.
        ProxyModule,
        AuthModule,
        RoutingModule,
        CostModule,
        PromptLogModule,
        ObservabilityModule,
        HealthModule,
        CatalogModule,
        AdminModule,
        ...extensions,
        RawRoadModule,
      ],
      providers: [{ provide: APP_FILTER, useClass: OpenAiErrorFilter }],
    };
  }
}
