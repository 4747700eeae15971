import type { Database, Statement } from 'better-sqlite3';
import type { OpenedRow, SettledRow } from '../ledger-rows.js';
import type { PricedLater } from '../priced-later.js';
import { ConnectionBusyError } from '../sqlite-failure.js';
import type { GroupDeltas, SummedRow } from '../usage-accumulator.js';
import { SqliteUsageSums } from './sqlite-usage-sums.js';
import type { LedgerStore } from './storage-driver.js';

const SUMMED_SEQ = 'summed_seq';
const HEARTBEAT = 'heartbeat';
/** Labels are text of the callers' side: no more of them are remembered. */
const MAX_REMEMBERED_LABELS = 20_000;

/** A second of heavy load does not hold up the call that comes after it. */
const MAX_TRIMMED_AT_ONCE = 500;

const OPENED_COLUMNS = 'request_id, started_at, key_id, user_id, endpoint, model, is_stream, tags';
const SETTLED_COLUMNS = `seq, ${OPENED_COLUMNS}, ended_at, status, http_status, error_code, error_message,
  served_model, reported_model, upstream, route_rule, input_tokens, cached_input_tokens, cache_write_tokens,
  output_tokens, reasoning_tokens, usage, usage_source, cost_nano_usd, price, latency_ms, first_event_ms, overhead_ms,
  attempts, tries, limits, prompt_preview, response_preview`;
const SUMMED_COLUMNS = `started_at AS startedAt, key_id AS keyId, user_id AS userId, model, served_model AS servedModel,
  upstream, status, tags, input_tokens AS inputTokens, cached_input_tokens AS cachedInputTokens,
  output_tokens AS outputTokens, reasoning_tokens AS reasoningTokens, cost_nano_usd AS costNanoUsd,
  first_event_ms AS firstEventMs`;

export interface LedgerLimits {
  readonly keepsOpened: boolean;
  /** Older rows go as new ones come. Absent: rows stay until retention deletes them. */
  readonly maxRows?: number;
}

/** The ledger's statements, prepared once on the raw connection that TypeORM holds: a tenth of a repository's cost. */
export class SqliteLedgerStore implements LedgerStore {
  private readonly insertOpened: Statement;
  private readonly deleteOpened: Statement;
  private readonly insertSettled: Statement;
  private readonly upsertLabel: Statement;
  private readonly upsertState: Statement;
  private readonly selectRequest: Statement<[string, string]>;
  private readonly selectUnsummed: Statement;
  private readonly updateCost: Statement;
  private readonly sums: SqliteUsageSums;
  private readonly labels = new Map<string, string>();
  private readonly deleteOldest: Statement;
  private nextSeq: number;
  private summedSeq: number;
  private trimmedSeq = 0;
  readonly keepsOpened: boolean;
  wholeSince = 0;

  constructor(
    private readonly db: Database,
    private readonly limits: LedgerLimits,
  ) {
    this.keepsOpened = limits.keepsOpened;
    this.insertOpened = db.prepare(
      `INSERT INTO opened_requests (${OPENED_COLUMNS}) VALUES (${marks(8)}) ON CONFLICT (request_id) DO NOTHING`,
    );
    this.deleteOpened = db.prepare('DELETE FROM opened_requests WHERE request_id = ?');
    this.insertSettled = db.prepare(
      `INSERT INTO requests (${SETTLED_COLUMNS}) VALUES (${marks(35)}) ON CONFLICT (request_id) DO NOTHING`,
    );
    this.upsertLabel = db.prepare(
      `INSERT INTO key_labels (key_id, masked_key, name) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET masked_key = excluded.masked_key, name = excluded.name`,
    );
    this.upsertState = db.prepare(
      `INSERT INTO ledger_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    );
    this.selectRequest = db.prepare(
      `SELECT 1 FROM requests WHERE request_id = ? UNION ALL SELECT 1 FROM opened_requests WHERE request_id = ? LIMIT 1`,
    );
    this.selectUnsummed = db.prepare(`SELECT ${SUMMED_COLUMNS} FROM requests WHERE seq > ? ORDER BY seq LIMIT ?`);
    this.deleteOldest = db.prepare('DELETE FROM requests WHERE seq <= ? RETURNING started_at AS startedAt');
    this.updateCost = db.prepare(
      'UPDATE requests SET cost_nano_usd = ?, price = ? WHERE seq = ? AND cost_nano_usd IS NULL',
    );
    this.sums = new SqliteUsageSums(db);
    this.summedSeq = this.readSummedSeq();
    const last = db.prepare('SELECT max(seq) AS seq FROM requests').get() as { seq: number | null };
    this.nextSeq = Math.max(last.seq ?? 0, this.summedSeq) + 1;
  }

  isInTransaction(): boolean {
    return this.db.inTransaction;
  }

  write(opened: readonly OpenedRow[], settled: readonly SettledRow[]): readonly SettledRow[] {
    const firstSeq = this.nextSeq;
    try {
      return this.inTransaction(() => {
        for (const row of opened) this.open(row);
        const added = settled.filter((row) => this.settle(row));
        this.trim();
        return added;
      });
    } catch (error) {
      this.nextSeq = firstSeq;
      this.labels.clear();
      throw error;
    }
  }

  probe(nowMs: number): void {
    this.inTransaction(() => this.upsertState.run(HEARTBEAT, nowMs));
  }

  hasRequest(requestId: string): boolean {
    return this.selectRequest.get(requestId, requestId) !== undefined;
  }

  settleLeftovers(nowMs: number): number {
    return this.inTransaction(() => {
      const { changes } = this.db
        .prepare(
          `INSERT INTO requests (${SETTLED_COLUMNS})
           SELECT ? + row_number() OVER (ORDER BY started_at, request_id), ${OPENED_COLUMNS}, ?, 'unknown', NULL, NULL,
             NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, NULL, 'none', NULL, NULL, NULL, NULL, NULL, 0, '[]', '{}',
             NULL, NULL
           FROM opened_requests WHERE request_id NOT IN (SELECT request_id FROM requests)`,
        )
        .run(this.nextSeq - 1, nowMs);
      this.db.exec('DELETE FROM opened_requests');
      this.nextSeq += changes;
      return changes;
    });
  }

  addSums(deltas: Iterable<GroupDeltas>): void {
    this.sumUpTo(this.nextSeq - 1, deltas);
  }

  unsummedRows(limit: number): readonly SummedRow[] {
    return this.selectUnsummed.all(this.summedSeq, limit) as SummedRow[];
  }

  addLeftoverSums(deltas: Iterable<GroupDeltas>, count: number): void {
    const last = this.db
      .prepare('SELECT seq FROM requests WHERE seq > ? ORDER BY seq LIMIT 1 OFFSET ?')
      .get(this.summedSeq, count - 1) as { seq: number };
    this.sumUpTo(last.seq, deltas);
  }

  costSince(of: 'key' | 'user', id: string, span: number, from: number): number {
    return this.sums.costSince(of, id, span, from);
  }

  setCosts(
    calls: readonly PricedLater[],
    deltasOf: (changed: readonly PricedLater[]) => Iterable<GroupDeltas>,
  ): readonly PricedLater[] {
    return this.inTransaction(() => {
      const changed = calls.filter(
        ({ row, costNanoUsd, price }) => this.updateCost.run(costNanoUsd, price, row.seq).changes === 1,
      );
      this.sums.add(deltasOf(changed));
      return changed;
    });
  }

  private sumUpTo(seq: number, deltas: Iterable<GroupDeltas>): void {
    this.inTransaction(() => {
      this.sums.add(deltas);
      this.upsertState.run(SUMMED_SEQ, seq);
    });
    this.summedSeq = seq;
  }

  private open(row: OpenedRow): void {
    this.label(row);
    const { requestId, startedAt, keyId, userId, endpoint, model, tags } = row;
    this.insertOpened.run(requestId, startedAt, keyId, userId, endpoint, model, row.isStream ? 1 : 0, tags);
  }

  private settle(row: SettledRow): boolean {
    this.label(row);
    if (this.keepsOpened) this.deleteOpened.run(row.requestId);
    const { changes } = this.insertSettled.run(
      this.nextSeq,
      row.requestId,
      row.startedAt,
      row.keyId,
      row.userId,
      row.endpoint,
      row.model,
      row.isStream ? 1 : 0,
      row.tags,
      row.endedAt,
      row.status,
      row.httpStatus,
      row.errorCode,
      row.errorMessage,
      row.servedModel,
      row.reportedModel,
      row.upstream,
      row.routeRule,
      row.inputTokens,
      row.cachedInputTokens,
      row.cacheWriteTokens,
      row.outputTokens,
      row.reasoningTokens,
      row.usage,
      row.usageSource,
      row.costNanoUsd,
      row.price,
      row.latencyMs,
      row.firstEventMs,
      row.overheadMs,
      row.attempts,
      row.tries,
      row.limits,
      row.promptPreview,
      row.responsePreview,
    );
    this.nextSeq += changes;
    return changes === 1;
  }

  /** Deletes the oldest rows beyond the limit, as far as they are in the sums. */
  private trim(): void {
    const { maxRows } = this.limits;
    if (maxRows === undefined) return;
    const excess = Math.min(this.summedSeq, this.nextSeq - 1 - maxRows);
    if (excess <= this.trimmedSeq) return;
    this.trimmedSeq = Math.min(excess, this.trimmedSeq + MAX_TRIMMED_AT_ONCE);
    const gone = this.deleteOldest.all(this.trimmedSeq) as { startedAt: number }[];
    for (const { startedAt } of gone) this.wholeSince = Math.max(this.wholeSince, startedAt + 1);
  }

  private label(row: OpenedRow): void {
    const label = `${row.maskedKey}\n${row.keyName ?? ''}`;
    if (this.labels.get(row.keyId) === label) return;
    if (this.labels.size >= MAX_REMEMBERED_LABELS) this.labels.clear();
    this.labels.set(row.keyId, label);
    this.upsertLabel.run(row.keyId, row.maskedKey, row.keyName);
  }

  private readSummedSeq(): number {
    const row = this.db.prepare('SELECT value FROM ledger_state WHERE name = ?').get(SUMMED_SEQ);
    return (row as { value: number } | undefined)?.value ?? 0;
  }

  /** Takes the write lock first, so that a lock held elsewhere fails the transaction before it has done anything. */
  private inTransaction<T>(work: () => T): T {
    if (this.db.inTransaction) throw new ConnectionBusyError();
    return this.db.transaction(work).immediate();
  }
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
