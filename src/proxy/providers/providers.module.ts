import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AzureProvider } from './azure/azure.provider.js';
import { DemoProvider } from './demo/demo.provider.js';
import { OpenAiProvider } from './openai/openai.provider.js';
import { ProviderRegistry } from './provider-registry.js';
import { UpstreamClient } from './upstream-client.js';

/** Everything that speaks to upstreams. A provider of your own needs no line here: any module may bring it. */
@Module({
  imports: [DiscoveryModule],
  providers: [UpstreamClient, ProviderRegistry, OpenAiProvider, AzureProvider, DemoProvider],
  exports: [UpstreamClient, ProviderRegistry],
})
export class ProvidersModule {}
