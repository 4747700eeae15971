import { Module } from '@nestjs/common';
import { ProxyModule } from './proxy.module.js';
import { RawController } from './raw.controller.js';
import { RawService } from './raw.service.js';

/**
 * Everything under `/v1/` that no endpoint takes. A module of its own, imported after all others: Express tries routes
 * in the order of their registration, and this one matches everything, endpoints of other modules too.
 */
@Module({ imports: [ProxyModule], controllers: [RawController], providers: [RawService] })
export class RawRoadModule {}
