import { Module } from '@nestjs/common';
import { RoutingModule } from '../routing/routing.module.js';
import { GatewayLogger } from './gateway-logger.js';
import { BudgetMetrics } from './metrics/budget-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MetricsRegistry } from './metrics/metrics-registry.js';
import { ParserErrorMetrics } from './metrics/parser-error-metrics.js';
import { RequestMetrics } from './metrics/request-metrics.js';
import { StateMetrics } from './metrics/state-metrics.js';
import { TryMetrics } from './metrics/try-metrics.js';
import { UsageMetrics } from './metrics/usage-metrics.js';
import { openedLogProvider } from './opened-log.js';
import { RequestObserver } from './request-observer.js';

/** What the gateway tells those who run it: its log and its metrics. */
@Module({
  imports: [RoutingModule],
  controllers: [MetricsController],
  providers: [
    openedLogProvider,
    GatewayLogger,
    MetricsRegistry,
    RequestMetrics,
    TryMetrics,
    UsageMetrics,
    BudgetMetrics,
    StateMetrics,
    ParserErrorMetrics,
    RequestObserver,
  ],
  exports: [GatewayLogger, RequestObserver],
})
export class ObservabilityModule {}
