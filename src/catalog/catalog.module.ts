import { Module } from '@nestjs/common';
import { ProxyModule } from '../proxy/proxy.module.js';
import { CatalogController } from './catalog.controller.js';
import { ModelRows } from './model-rows.service.js';
import { UpstreamRows } from './upstream-rows.service.js';

/** Models and upstreams as the management API lists them. */
@Module({
  imports: [ProxyModule],
  controllers: [CatalogController],
  providers: [ModelRows, UpstreamRows],
})
export class CatalogModule {}
