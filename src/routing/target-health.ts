import { Injectable } from '@nestjs/common';
import { RetryBudget } from '../../libs/retry/retry-budget.js';

const WINDOW_MS = 300_000;
const MAX_SAMPLES = 256;
const DOWN_AT_ERROR_RATE = 0.5;
const FEWEST_FOR_A_VERDICT = 5;

interface Sample {
  readonly atMs: number;
  readonly durationMs: number;
  readonly isFailure: boolean;
}

export interface HealthReading {
  readonly health: 'unknown' | 'ok' | 'failing';
  /** Share of failed tries in the last five minutes, 0–1; null before there is any. */
  readonly errorRate: number | null;
  /** Median time to the answer's head or first event, ms. */
  readonly p50Ms: number | null;
  readonly inFlight: number;
  readonly lastOkAt: Date | null;
}

/** What was seen of one upstream. It is shown and never decides: nothing is refused because of it. */
class UpstreamHealth {
  readonly retryBudget = new RetryBudget();
  private samples: Sample[] = [];
  inFlight = 0;
  lastOkAt: Date | null = null;

  record(durationMs: number, isFailure: boolean, atMs: number): void {
    this.samples.push({ atMs, durationMs, isFailure });
    if (this.samples.length > MAX_SAMPLES * 2) this.samples = this.samples.slice(-MAX_SAMPLES);
    if (!isFailure) this.lastOkAt = new Date();
  }

  read(nowMs: number): HealthReading {
    const recent = this.samples.slice(-MAX_SAMPLES).filter(({ atMs }) => nowMs - atMs <= WINDOW_MS);
    const failures = recent.filter(({ isFailure }) => isFailure).length;
    const errorRate = recent.length === 0 ? null : failures / recent.length;
    const isFailing = recent.length >= FEWEST_FOR_A_VERDICT && (errorRate ?? 0) >= DOWN_AT_ERROR_RATE;
    return {
      health: errorRate === null ? 'unknown' : isFailing ? 'failing' : 'ok',
      errorRate,
      p50Ms: median(recent.filter(({ isFailure }) => !isFailure).map(({ durationMs }) => durationMs)),
      inFlight: this.inFlight,
      lastOkAt: this.lastOkAt,
    };
  }
}

/** Health and retry budget of every upstream. */
@Injectable()
export class TargetHealth {
  private readonly upstreams = new Map<string, UpstreamHealth>();

  of(upstream: string): UpstreamHealth {
    let health = this.upstreams.get(upstream);
    if (!health) {
      health = new UpstreamHealth();
      this.upstreams.set(upstream, health);
    }
    return health;
  }

  read(upstream: string, nowMs = performance.now()): HealthReading {
    return this.of(upstream).read(nowMs);
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
