import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuthModule } from '../auth/auth.module.js';
import { CostModule } from '../cost/cost.module.js';
import { PromptLogModule } from '../prompt-log/prompt-log.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { AudioController } from './audio.controller.js';
import { ChatController } from './chat.controller.js';
import { EmbeddingsController } from './embeddings.controller.js';
import { ImagesController } from './images.controller.js';
import { MessagesController } from './messages.controller.js';
import { ModelCatalog } from './model-catalog.service.js';
import { ModelsController } from './models.controller.js';
import { PolicyRegistry } from './policies/policy-registry.js';
import { ProvidersModule } from './providers/providers.module.js';
import { ProxyService } from './proxy.service.js';
import { ResponsesController } from './responses.controller.js';

/**
 * The road of a call: endpoints, the pipeline around them, and the providers at its end. A module with an endpoint of
 * its own imports this one: it exports all that the pipeline is made of.
 */
@Module({
  imports: [DiscoveryModule, ProvidersModule, RoutingModule, AuthModule, CostModule, PromptLogModule],
  // Express tries routes in this order: the busiest first.
  controllers: [
    ChatController,
    MessagesController,
    ResponsesController,
    EmbeddingsController,
    ImagesController,
    AudioController,
    ModelsController,
  ],
  providers: [ProxyService, ModelCatalog, PolicyRegistry],
  exports: [ProxyService, PolicyRegistry, ModelCatalog, ProvidersModule, RoutingModule, CostModule, PromptLogModule],
})
export class ProxyModule {}
