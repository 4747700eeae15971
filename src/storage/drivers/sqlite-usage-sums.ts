import type { Database, Statement } from 'better-sqlite3';
import {
  addDelta,
  emptyDelta,
  groupId,
  type GroupDeltas,
  type UsageDelta,
  type UsageGroup,
} from '../usage-accumulator.js';
import { ofEveryKind } from '../usage-group-kinds.js';
import { dayStart, monthStart, SPAN } from '../usage-spans.js';

const MAX_REMEMBERED_GROUPS = 50_000;

/** Adds to the sums of hours, days and months. Runs inside the caller's transaction. */
export class SqliteUsageSums {
  private readonly selectGroup: Statement;
  private readonly insertGroup: Statement;
  private readonly upsertSum: Statement;
  private readonly upsertLatency: Statement;
  private readonly selectCost: Readonly<Record<'key' | 'user', Statement>>;
  private readonly groupIds = new Map<string, number>();

  constructor(db: Database) {
    this.selectGroup = db.prepare(
      `SELECT id FROM usage_groups WHERE kind = ? AND key_id = ? AND user_id = ? AND model = ? AND served_model = ? AND upstream = ?
       AND status = ? AND tags = ?`,
    );
    this.insertGroup = db.prepare(
      `INSERT INTO usage_groups (id, kind, key_id, user_id, model, served_model, upstream, status, tags)
       SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM usage_groups RETURNING id`,
    );
    this.upsertSum = db.prepare(
      `INSERT INTO usage_sums (group_id, span, starts_at, requests, errors, aborted, unpriced_requests,
         input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, cost_nano_usd, first_used_at, last_used_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (group_id, span, starts_at) DO UPDATE SET
         requests = usage_sums.requests + excluded.requests,
         errors = usage_sums.errors + excluded.errors,
         aborted = usage_sums.aborted + excluded.aborted,
         unpriced_requests = usage_sums.unpriced_requests + excluded.unpriced_requests,
         input_tokens = usage_sums.input_tokens + excluded.input_tokens,
         cached_input_tokens = usage_sums.cached_input_tokens + excluded.cached_input_tokens,
         output_tokens = usage_sums.output_tokens + excluded.output_tokens,
         reasoning_tokens = usage_sums.reasoning_tokens + excluded.reasoning_tokens,
         cost_nano_usd = usage_sums.cost_nano_usd + excluded.cost_nano_usd,
         first_used_at = min(usage_sums.first_used_at, excluded.first_used_at),
         last_used_at = max(usage_sums.last_used_at, excluded.last_used_at)`,
    );
    this.upsertLatency = db.prepare(
      `INSERT INTO usage_latencies (group_id, span, starts_at, bucket, requests) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (group_id, span, starts_at, bucket) DO UPDATE SET
         requests = usage_latencies.requests + excluded.requests`,
    );
    const selectCost = (kind: 'key' | 'user'): Statement =>
      db.prepare(
        `SELECT COALESCE(SUM(s.cost_nano_usd), 0) AS cost FROM usage_groups g CROSS JOIN usage_sums s
         WHERE g.kind = '${kind}' AND g.${kind}_id = ? AND s.group_id = g.id AND s.span = ? AND s.starts_at >= ?`,
      );
    this.selectCost = { key: selectCost('key'), user: selectCost('user') };
  }

  add(deltas: Iterable<GroupDeltas>): void {
    // Ids found in a transaction that is rolled back would name groups that do not exist.
    if (this.groupIds.size > MAX_REMEMBERED_GROUPS) this.groupIds.clear();
    try {
      for (const { group, hours } of ofEveryKind(deltas)) {
        const id = this.idOf(group);
        this.addSpan(SPAN.hour, id, hours);
        this.addSpan(SPAN.day, id, gather(hours, dayStart));
        this.addSpan(SPAN.month, id, gather(hours, monthStart));
      }
    } catch (error) {
      this.groupIds.clear();
      throw error;
    }
  }

  /** nano-USD of one key's or person's calls in the spans that begin at `from` or later. */
  costSince(of: 'key' | 'user', id: string, span: number, from: number): number {
    return (this.selectCost[of].get(id, span, from) as { cost: number }).cost;
  }

  private addSpan(span: number, id: number, deltas: ReadonlyMap<number, UsageDelta>): void {
    for (const [startsAt, delta] of deltas) {
      this.upsertSum.run(
        id,
        span,
        startsAt,
        delta.requests,
        delta.errors,
        delta.aborted,
        delta.unpricedRequests,
        delta.inputTokens,
        delta.cachedInputTokens,
        delta.outputTokens,
        delta.reasoningTokens,
        delta.costNanoUsd,
        delta.firstUsedAt,
        delta.lastUsedAt,
      );
      for (const [bucket, count] of delta.latencies) this.upsertLatency.run(id, span, startsAt, bucket, count);
    }
  }

  private idOf(group: UsageGroup): number {
    const key = groupId(group);
    const known = this.groupIds.get(key);
    if (known !== undefined) return known;
    const row = this.selectGroup.get(...group) ?? this.insertGroup.get(...group);
    const { id } = row as { id: number };
    this.groupIds.set(key, id);
    return id;
  }
}

/** The sums of hours gathered by the longer span that each lies in. */
function gather(
  hours: ReadonlyMap<number, UsageDelta>,
  startOf: (atMs: number) => number,
): ReadonlyMap<number, UsageDelta> {
  const gathered = new Map<number, UsageDelta>();
  for (const [hour, delta] of hours) {
    const start = startOf(hour);
    let sum = gathered.get(start);
    if (!sum) gathered.set(start, (sum = emptyDelta(delta.firstUsedAt)));
    addDelta(sum, delta);
  }
  return gathered;
}
