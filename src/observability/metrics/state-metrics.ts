import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { GATEWAY_CONFIG } from '../../config/config.module.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { TargetHealth, type HealthReading } from '../../routing/target-health.js';
import { LedgerWriter } from '../../storage/ledger-writer.js';
import { MetricsRegistry } from './metrics-registry.js';
import { upstreamNames } from './upstream-names.js';

const HEALTH_STATES: readonly HealthReading['health'][] = ['ok', 'failing', 'unknown'];
const STORAGE_STATES: readonly LedgerWriter['health']['state'][] = ['ok', 'locked', 'broken'];

/** What is so at the moment of the scrape: the upstreams' health and the store's. */
@Injectable()
export class StateMetrics {
  constructor(
    { registry }: MetricsRegistry,
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    health: TargetHealth,
    ledger: LedgerWriter,
  ) {
    const registers = [registry];
    const names = upstreamNames(config);
    new Gauge({
      name: 'ai_gateway_upstream_health',
      help: '1 for the state that an upstream is in, as seen in the last five minutes.',
      labelNames: ['upstream', 'state'],
      registers,
      collect() {
        for (const upstream of names) {
          const reading = health.read(upstream);
          for (const state of HEALTH_STATES) this.set({ upstream, state }, reading.health === state ? 1 : 0);
        }
      },
    });
    new Gauge({
      name: 'ai_gateway_upstream_in_flight',
      help: 'Calls that an upstream is working on.',
      labelNames: ['upstream'],
      registers,
      collect() {
        for (const upstream of names) this.set({ upstream }, health.read(upstream).inFlight);
      },
    });
    new Gauge({
      name: 'ai_gateway_storage_state',
      help: '1 for the state that the store is in. locked: rows wait; broken: no calls are taken.',
      labelNames: ['state'],
      registers,
      collect() {
        for (const state of STORAGE_STATES) this.set({ state }, ledger.health.state === state ? 1 : 0);
      },
    });
    new Gauge({
      name: 'ai_gateway_ledger_rows_waiting',
      help: 'Rows of calls that wait to be written.',
      registers,
      collect() {
        this.set(ledger.waiting);
      },
    });
  }
}
