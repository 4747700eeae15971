import { Module } from '@nestjs/common';
import { HealthReader } from './gateway-health.js';
import { HealthController } from './health.controller.js';

/** How the gateway is, for those who ask without a credential. */
@Module({ controllers: [HealthController], providers: [HealthReader] })
export class HealthModule {}
