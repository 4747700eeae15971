import { latencyBucket } from './latency-buckets.js';
import type { SettledStatus } from './ledger-rows.js';
import type { UsageGroupKind } from './usage-group-kinds.js';
import { hourStart } from './usage-spans.js';

/** The columns of an ended call that sums are made of. */
export interface SummedRow {
  readonly startedAt: number;
  readonly keyId: string;
  readonly userId: string | null;
  readonly model: string | null;
  readonly servedModel: string | null;
  readonly upstream: string | null;
  readonly status: SettledStatus;
  readonly tags: string;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number | null;
  readonly firstEventMs: number | null;
}

/** What calls are summed by; an absent value is `''`. The order is that of the columns of `usage_groups`. */
export type UsageGroup = readonly [
  kind: UsageGroupKind,
  keyId: string,
  userId: string,
  model: string,
  servedModel: string,
  upstream: string,
  status: string,
  tags: string,
];

export interface UsageDelta {
  requests: number;
  /** Calls that ended `failed`, `partial` or `rejected`. */
  errors: number;
  aborted: number;
  unpricedRequests: number;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  /** A sum may pass 2^53. */
  costNanoUsd: bigint;
  firstUsedAt: number;
  lastUsedAt: number;
  /** Calls by the bucket of their time to the first event. */
  readonly latencies: Map<number, number>;
}

export interface GroupDeltas {
  readonly group: UsageGroup;
  /** By the first ms of the hour in which the calls began. */
  readonly hours: Map<number, UsageDelta>;
}

/** Model names are the callers' text; sums are kept for ever, so what they are kept by is bounded. */
const MAX_NAME_CHARS = 256;

/** Sums of ended calls that are not in the database's sums yet. */
export class UsageAccumulator {
  private groups = new Map<string, GroupDeltas>();
  private rows = 0;

  get size(): number {
    return this.rows;
  }

  add(row: SummedRow): void {
    const { hours } = this.groupOf(row);
    const hour = hourStart(row.startedAt);
    let delta = hours.get(hour);
    if (!delta) hours.set(hour, (delta = emptyDelta(row.startedAt)));
    addRow(delta, row);
    this.rows += 1;
  }

  /** Adds the cost of a call that was added before without one. */
  addCost(row: SummedRow, costNanoUsd: number): void {
    const { hours } = this.groupOf(row);
    const hour = hourStart(row.startedAt);
    let delta = hours.get(hour);
    if (!delta) hours.set(hour, (delta = emptyDelta(row.startedAt)));
    delta.unpricedRequests -= 1;
    delta.costNanoUsd += BigInt(costNanoUsd);
    delta.firstUsedAt = Math.min(delta.firstUsedAt, row.startedAt);
    delta.lastUsedAt = Math.max(delta.lastUsedAt, row.startedAt);
    this.rows += 1;
  }

  deltas(): Iterable<GroupDeltas> {
    return this.groups.values();
  }

  /** nano-USD of one key's or person's calls that began in the hour of `from` or later. */
  costSince(of: 'key' | 'user', id: string, from: number): number {
    let cost = 0n;
    for (const { group, hours } of this.groups.values()) {
      if (group[of === 'key' ? 1 : 2] !== id) continue;
      for (const [hour, delta] of hours) if (hour >= from) cost += delta.costNanoUsd;
    }
    return Number(cost);
  }

  clear(): void {
    this.groups = new Map();
    this.rows = 0;
  }

  private groupOf(row: SummedRow): GroupDeltas {
    const group: UsageGroup = [
      'whole',
      row.keyId,
      row.userId ?? '',
      (row.model ?? '').slice(0, MAX_NAME_CHARS),
      (row.servedModel ?? '').slice(0, MAX_NAME_CHARS),
      row.upstream ?? '',
      row.status,
      row.tags,
    ];
    const id = groupId(group);
    let found = this.groups.get(id);
    if (!found) this.groups.set(id, (found = { group, hours: new Map() }));
    return found;
  }
}

/** One text for one group. */
export function groupId(group: UsageGroup): string {
  return JSON.stringify(group);
}

export function emptyDelta(at: number): UsageDelta {
  return {
    requests: 0,
    errors: 0,
    aborted: 0,
    unpricedRequests: 0,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0n,
    firstUsedAt: at,
    lastUsedAt: at,
    latencies: new Map(),
  };
}

/** Adds one span's sums to those of a longer span. */
export function addDelta(to: UsageDelta, from: UsageDelta): void {
  to.requests += from.requests;
  to.errors += from.errors;
  to.aborted += from.aborted;
  to.unpricedRequests += from.unpricedRequests;
  to.inputTokens += from.inputTokens;
  to.cachedInputTokens += from.cachedInputTokens;
  to.outputTokens += from.outputTokens;
  to.reasoningTokens += from.reasoningTokens;
  to.costNanoUsd += from.costNanoUsd;
  to.firstUsedAt = Math.min(to.firstUsedAt, from.firstUsedAt);
  to.lastUsedAt = Math.max(to.lastUsedAt, from.lastUsedAt);
  for (const [bucket, count] of from.latencies) to.latencies.set(bucket, (to.latencies.get(bucket) ?? 0) + count);
}

function addRow(delta: UsageDelta, row: SummedRow): void {
  delta.requests += 1;
  if (row.status === 'aborted') delta.aborted += 1;
  else if (isError(row.status)) delta.errors += 1;
  delta.inputTokens += row.inputTokens;
  delta.cachedInputTokens += row.cachedInputTokens;
  delta.outputTokens += row.outputTokens;
  delta.reasoningTokens += row.reasoningTokens;
  if (row.costNanoUsd === null) delta.unpricedRequests += 1;
  else if (row.costNanoUsd !== 0) delta.costNanoUsd += BigInt(row.costNanoUsd);
  if (row.startedAt < delta.firstUsedAt) delta.firstUsedAt = row.startedAt;
  if (row.startedAt > delta.lastUsedAt) delta.lastUsedAt = row.startedAt;
  if (row.firstEventMs !== null) {
    const bucket = latencyBucket(row.firstEventMs);
    delta.latencies.set(bucket, (delta.latencies.get(bucket) ?? 0) + 1);
  }
}

function isError(status: SettledStatus): boolean {
  return status === 'failed' || status === 'partial' || status === 'rejected';
}
