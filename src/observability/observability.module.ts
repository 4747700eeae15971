import { Module } from '@nestjs/common';
import { GatewayLogger } from './gateway-logger.js';
import { RequestObserver } from './request-observer.js';

@Module({ providers: [GatewayLogger, RequestObserver], exports: [GatewayLogger, RequestObserver] })
export class ObservabilityModule {}
