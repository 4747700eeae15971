import { Module } from '@nestjs/common';
import { RouterService } from './router.service.js';
import { TargetHealth } from './target-health.js';

/** Which upstream serves a model, and how the upstreams fare. */
@Module({
  providers: [RouterService, TargetHealth],
  exports: [RouterService, TargetHealth],
})
export class RoutingModule {}
