import { Global, Module } from '@nestjs/common';
import { Auditor } from '../auth/auditor.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { AuditTrail } from '../http/audit-trail.js';
import { EventSink } from '../http/event-sink.js';
import { AuditController } from './audit.controller.js';
import { AuditLogService } from './audit-log.service.js';
import { AuditTrailService } from './audit-trail.service.js';
import { PriceOverridesService } from './price-overrides.service.js';
import { PricesController } from './prices.controller.js';
import { RepricingService } from './repricing.service.js';
import { UnpricedModels } from './unpriced-models.service.js';
import { WebhookSink } from './webhook.sink.js';

/** Prices, the audit trail, and events for whoever looks after the gateway. */
@Global()
@Module({
  controllers: [PricesController, AuditController],
  providers: [
    Auditor,
    AuditTrailService,
    { provide: AuditTrail, useExisting: AuditTrailService },
    AuditLogService,
    PriceOverridesService,
    UnpricedModels,
    RepricingService,
    {
      provide: EventSink,
      inject: [GATEWAY_CONFIG],
      useFactory: (config: GatewayConfig) => new WebhookSink(config.webhook),
    },
  ],
  exports: [AuditTrail, EventSink],
})
export class AdminModule {}
