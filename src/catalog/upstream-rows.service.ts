import { Inject, Injectable } from '@nestjs/common';
import type { UpstreamRow } from '../../libs/contracts/upstreams.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig, UpstreamConfig } from '../config/gateway-config.js';
import type { Caller } from '../http/caller.js';
import { DEMO_UPSTREAM } from '../routing/routing-table.js';
import { TargetHealth } from '../routing/target-health.js';

/** The configured upstreams and how they fare. */
@Injectable()
export class UpstreamRows {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly health: TargetHealth,
  ) {}

  /** In the order of the configuration, the default upstream first and the demo model last. */
  list(caller: Caller): readonly UpstreamRow[] {
    const { upstreams, demo } = this.config;
    return [...upstreams, ...(demo ? [DEMO_UPSTREAM] : [])].map((upstream) => this.toRow(upstream, caller));
  }

  private toRow(upstream: UpstreamConfig, caller: Caller): UpstreamRow {
    const { name, credentialSource } = upstream;
    const { health, errorRate, p50Ms, inFlight } = this.health.read(name);
    return {
      name,
      baseUrl: shownAddress(upstream, caller),
      models: this.modelsOf(upstream),
      health,
      errorRate,
      p50Ms: p50Ms === null ? null : Math.round(p50Ms * 10) / 10,
      inFlight,
      credentialSource,
    };
  }

  /** Routes that lead here; what leads here without one is in `/api/models`. */
  private modelsOf({ name, kind }: UpstreamConfig): readonly string[] {
    if (kind === 'demo') return ['demo'];
    return this.config.routes.filter(({ upstream }) => upstream === name).map(({ pattern }) => pattern);
  }
}

/** A deployment's name in a classic Azure address is the administrators' business, and so is a user in any address. */
function shownAddress({ baseUrl, azureDeployment, kind }: UpstreamConfig, { isAdmin }: Caller): string {
  if (kind === 'demo') return baseUrl;
  const url = new URL(baseUrl);
  url.username = '';
  url.password = '';
  if (azureDeployment !== undefined && !isAdmin) return url.origin;
  return url.href.replace(/\/$/, '');
}
