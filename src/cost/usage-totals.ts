import type { CostSums } from '../../libs/contracts/costs.js';
import { nanoUsdToNumber } from '../../libs/pricing/money.js';
import { noLatencies, percentileMs } from '../storage/latency-buckets.js';

/** Sums of one group as the database gives them; money as text, for it may pass what a number holds. */
export interface SumColumns {
  readonly requests: number | string;
  readonly errors: number | string;
  readonly aborted: number | string;
  readonly unpriced: number | string;
  readonly input: number | string;
  readonly cached: number | string;
  readonly output: number | string;
  readonly reasoning: number | string;
  readonly cost: string | null;
  readonly firstUsedAt: number | string;
  readonly lastUsedAt: number | string;
}

/** The sums of one group of calls, put together from several queries. */
export class UsageTotals {
  private requests = 0;
  private errors = 0;
  private aborted = 0;
  private unpriced = 0;
  private input = 0;
  private cached = 0;
  private output = 0;
  private reasoning = 0;
  private costNanoUsd = 0n;
  private firstUsedAt = Infinity;
  private lastUsedAt = -Infinity;
  private latencies: Float64Array | undefined;

  add(row: SumColumns): void {
    this.requests += Number(row.requests);
    this.errors += Number(row.errors);
    this.aborted += Number(row.aborted);
    this.unpriced += Number(row.unpriced);
    this.input += Number(row.input);
    this.cached += Number(row.cached);
    this.output += Number(row.output);
    this.reasoning += Number(row.reasoning);
    this.costNanoUsd += BigInt(row.cost ?? 0);
    this.firstUsedAt = Math.min(this.firstUsedAt, Number(row.firstUsedAt));
    this.lastUsedAt = Math.max(this.lastUsedAt, Number(row.lastUsedAt));
  }

  addLatency(bucket: number, requests: number): void {
    this.latencies ??= noLatencies();
    this.latencies[bucket] = (this.latencies[bucket] ?? 0) + requests;
  }

  get isEmpty(): boolean {
    return this.requests === 0;
  }

  toSums(): CostSums {
    return {
      requests: this.requests,
      errors: this.errors,
      aborted: this.aborted,
      inputTokens: this.input,
      cachedInputTokens: this.cached,
      outputTokens: this.output,
      reasoningTokens: this.reasoning,
      costUsd: nanoUsdToNumber(this.costNanoUsd),
      unpricedRequests: this.unpriced,
      firstUsedAt: this.isEmpty ? null : new Date(this.firstUsedAt).toISOString(),
      lastUsedAt: this.isEmpty ? null : new Date(this.lastUsedAt).toISOString(),
      ttftP50Ms: this.latencies ? percentileMs(this.latencies, 0.5) : null,
      ttftP95Ms: this.latencies ? percentileMs(this.latencies, 0.95) : null,
    };
  }
}
