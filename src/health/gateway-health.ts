import { Inject, Injectable } from '@nestjs/common';
import type { Health } from '../../libs/contracts/health.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { AccessMode, GatewayConfig } from '../config/gateway-config.js';
import { CallsInFlight } from '../http/calls-in-flight.js';
import { LedgerWriter } from '../storage/ledger-writer.js';
import { VERSION } from './version.js';

/** What `/health` shows: no address, no path, no secret. */
export interface GatewayHealth extends Health {
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly access: AccessMode;
}

/** Says whether the gateway can do its work, from what it knows anyway: nothing is asked of anybody. */
@Injectable()
export class HealthReader {
  private readonly startedAtMs = performance.now();

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly inFlight: CallsInFlight,
    private readonly ledger: LedgerWriter,
  ) {}

  /** A locked store is no failure: calls are taken, and their rows wait. */
  get isReady(): boolean {
    return !this.inFlight.isDraining && this.ledger.health.state !== 'broken';
  }

  read(nowMs = performance.now()): GatewayHealth {
    const { isDraining, count } = this.inFlight;
    return {
      status: isDraining ? 'shutting_down' : this.isReady ? 'ok' : 'error',
      version: VERSION,
      uptimeSeconds: Math.floor((nowMs - this.startedAtMs) / 1_000),
      access: this.config.access,
      details: {
        storage: this.storage(),
        traffic: isDraining
          ? { status: 'shutting_down', message: `No new calls are taken; ${count} are finishing.` }
          : { status: 'ok' },
      },
    };
  }

  private storage(): { status: string; kind: string; message?: string } {
    const { state, detail } = this.ledger.health;
    const kind = this.config.storage.databasePath === undefined ? 'in-memory' : 'sqlite';
    return { status: state, kind, ...(state === 'ok' ? {} : { message: detail }) };
  }
}
