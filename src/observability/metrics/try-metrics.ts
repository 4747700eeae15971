import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../../config/config.module.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import type { UpstreamTry } from '../../http/request-context.js';
import { BoundedNames } from './bounded-names.js';
import { KNOWN_ERROR_CODES } from './error-codes.js';
import { MetricsRegistry } from './metrics-registry.js';
import { TallyCounter, type Tally } from './tally-counter.js';
import { TallyMap } from './tally-map.js';
import { upstreamNames } from './upstream-names.js';

/** Calls to upstreams, each try for itself. */
@Injectable()
export class TryMetrics {
  private readonly tries: TallyMap<Tally>;
  private readonly retries: TallyMap<Tally>;
  private readonly upstreams: BoundedNames;

  constructor({ registry }: MetricsRegistry, @Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    const registers = [registry];
    this.upstreams = new BoundedNames(upstreamNames(config), 0);
    const tries = new TallyCounter({
      name: 'ai_gateway_upstream_tries_total',
      help: 'Calls made to upstreams, retries included, by outcome.',
      labelNames: ['upstream', 'outcome'],
      registers,
    });
    this.tries = new TallyMap((upstream, outcome) => tries.tally({ upstream, outcome }));
    const retries = new TallyCounter({
      name: 'ai_gateway_upstream_retries_total',
      help: 'Calls repeated, by reason: after_failure, or stale_connection for the free try after a dead socket.',
      labelNames: ['upstream', 'reason'],
      registers,
    });
    this.retries = new TallyMap((upstream, reason) => retries.tally({ upstream, reason }));
  }

  /** Counts the tries of one call that has ended. */
  count(tries: readonly UpstreamTry[]): void {
    let isFirst = true;
    for (const { upstream, httpStatus, error, free } of tries) {
      const name = this.upstreams.find(upstream);
      this.tries.of(name, outcomeOf(error, httpStatus)).add();
      if (free === true) this.retries.of(name, 'stale_connection').add();
      else if (isFirst) isFirst = false;
      else this.retries.of(name, 'after_failure').add();
    }
  }
}

/** `ok`, the status of a refusal, or the gateway's own name for what went wrong; never an upstream's words. */
function outcomeOf(error: string | null, httpStatus: number | null): string {
  if (error === null) return 'ok';
  if (isOurs(error)) return error;
  return httpStatus !== null && httpStatus >= 400 && httpStatus < 600 ? `status_${httpStatus}` : 'failed';
}

function isOurs(error: string): boolean {
  if (error === 'aborted' || error === 'internal_error') return true;
  return error.startsWith('upstream_') && error !== 'upstream_error' && KNOWN_ERROR_CODES.has(error);
}
