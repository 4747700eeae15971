import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { UPSTREAM_PROVIDER, type UpstreamProviderContract } from './upstream-provider.js';

/** All providers of the application by the `kind` that they speak, found by their decorator. */
@Injectable()
export class ProviderRegistry implements OnModuleInit {
  private readonly providers = new Map<string, UpstreamProviderContract>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const kind: unknown = metatype ? Reflect.getMetadata(UPSTREAM_PROVIDER, metatype) : undefined;
      if (typeof kind === 'string') this.providers.set(kind, instance as UpstreamProviderContract);
    }
  }

  /** @throws {Error} for a kind that no module brings; the start checks every configured upstream. */
  of(kind: string): UpstreamProviderContract {
    const provider = this.providers.get(kind);
    if (!provider) throw new Error(`no provider speaks to upstreams of the kind '${kind}'`);
    return provider;
  }

  get kinds(): readonly string[] {
    return [...this.providers.keys()];
  }
}
