import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { GATEWAY_CONFIG } from '../../config/config.module.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { CallsInFlight } from '../../http/calls-in-flight.js';
import type { Ending, RequestContext } from '../../http/request-context.js';
import { BoundedNames } from './bounded-names.js';
import { KNOWN_ERROR_CODES, MAX_FOREIGN_CODES } from './error-codes.js';
import { MetricsRegistry } from './metrics-registry.js';
import { TallyCounter, type Tally } from './tally-counter.js';
import { TallyHistogram, type BucketTally } from './tally-histogram.js';
import { TallyMap } from './tally-map.js';
import { TryMetrics } from './try-metrics.js';
import { upstreamNames } from './upstream-names.js';

const DURATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
const FIRST_EVENT_SECONDS = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 30, 60, 120];
const OVERHEAD_SECONDS = [0.000_25, 0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.05, 0.25, 1];

/** How many requests there were, how they ended, and how long they took. */
@Injectable()
export class RequestMetrics {
  private readonly byOutcome: TallyMap<Tally[]>;
  private readonly durations: TallyMap<BucketTally>;
  private readonly firstEvents: TallyMap<BucketTally>;
  private readonly overhead: BucketTally;
  private readonly codes = new BoundedNames(KNOWN_ERROR_CODES, MAX_FOREIGN_CODES);
  private readonly upstreams: BoundedNames;

  constructor(
    { registry }: MetricsRegistry,
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    inFlight: CallsInFlight,
    private readonly tries: TryMetrics,
  ) {
    const registers = [registry];
    this.upstreams = new BoundedNames(upstreamNames(config), 0);
    const requests = new TallyCounter({
      name: 'ai_gateway_requests_total',
      help: 'Requests that have ended, by endpoint, status class and error code.',
      labelNames: ['endpoint', 'status', 'code'],
      registers,
    });
    this.byOutcome = new TallyMap((endpoint, code) =>
      STATUS_CLASSES.map((status) => requests.tally({ endpoint, status, code })),
    );
    const durations = new TallyHistogram(
      {
        name: 'ai_gateway_request_duration_seconds',
        help: 'From the arrival of a request to the end of its answer.',
        labelNames: ['endpoint', 'stream'],
        registers,
      },
      DURATION_SECONDS,
    );
    this.durations = new TallyMap((endpoint, stream) => durations.tally({ endpoint, stream }));
    const firstEvents = new TallyHistogram(
      {
        name: 'ai_gateway_time_to_first_event_seconds',
        help: 'From the arrival of a call to the first event, or the whole body, of its upstream.',
        labelNames: ['upstream', 'stream'],
        registers,
      },
      FIRST_EVENT_SECONDS,
    );
    this.firstEvents = new TallyMap((upstream, stream) => firstEvents.tally({ upstream, stream }));
    const overhead = new TallyHistogram<never>(
      {
        name: 'ai_gateway_overhead_seconds',
        help: 'The part of the time to the first event that the gateway itself took.',
        labelNames: [],
        registers,
      },
      OVERHEAD_SECONDS,
    );
    this.overhead = overhead.tally({});
    new Gauge({
      name: 'ai_gateway_calls_in_flight',
      help: 'Calls under way.',
      registers,
      collect() {
        this.set(inFlight.count);
      },
    });
  }

  /** Counts one request that has ended. */
  count(context: RequestContext, { httpStatus, errorCode }: Ending, endpoint: string, nowMs: number): void {
    const { startedAtMs, firstEventAtMs, upstreamWaitMs, route, call } = context;
    const code = errorCode === null ? '' : this.codes.admit(errorCode);
    this.byOutcome.of(endpoint, code)[classOf(httpStatus)]?.add();
    const stream = call?.isStream === true ? 'true' : 'false';
    this.durations.of(endpoint, stream).observe((nowMs - startedAtMs) / 1_000);
    if (context.tries.length > 0) this.tries.count(context.tries);
    if (firstEventAtMs === undefined) return;
    const firstEventMs = firstEventAtMs - startedAtMs;
    this.firstEvents.of(this.upstreams.find(route?.upstream ?? ''), stream).observe(firstEventMs / 1_000);
    this.overhead.observe(Math.max(0, firstEventMs - upstreamWaitMs) / 1_000);
  }
}

const STATUS_CLASSES = ['other', '1xx', '2xx', '3xx', '4xx', '5xx'];

function classOf(httpStatus: number): number {
  return httpStatus >= 100 && httpStatus < 600 ? Math.floor(httpStatus / 100) : 0;
}
