import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CostGroup } from '../../libs/contracts/costs.js';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { RowScope } from '../storage/row-scope.js';
import { SqlParameters } from '../storage/sql-parameters.js';
import { DAY_MS, HOUR_MS } from '../storage/usage-spans.js';
import { UsageSums } from '../storage/usage-sums.js';
import { coverRange, END_OF_TIME, toWholeHours, type SpanRange, type TimeRange } from './usage-range.js';
import { UsageTotals, type SumColumns } from './usage-totals.js';

export interface UsageQuery {
  /** One or two, different. */
  readonly groupBy: readonly CostGroup[];
  /** ms since 1970; `from` is inside the range, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly scope: RowScope;
  readonly filter?: Partial<Readonly<Record<FilterGroup, string>>>;
}

export type FilterGroup = 'key' | 'model' | 'upstream' | 'user' | 'status';

/** A group's values in the order of `groupBy`; null is the group of calls that have none. */
export interface UsageGroupRow {
  readonly values: readonly (string | null)[];
  readonly totals: UsageTotals;
}

export interface UsageReport {
  readonly groups: readonly UsageGroupRow[];
  readonly total: UsageTotals;
}

/** Columns of `usage_groups`, and of `requests`, that groups are made of; times come from the rows' own columns. */
const COLUMNS = {
  key: 'key_id',
  model: 'model',
  upstream: 'upstream',
  user: 'user_id',
  tag: 'tags',
  status: 'status',
} as const;

const ERRORS = `('failed', 'partial', 'rejected')`;

type Dimensions = readonly CostGroup[];
type Row = Readonly<Record<'a' | 'b', string | number | null>>;

/** Sums of calls by whatever they are asked by, exact to the last committed call. */
@Injectable()
export class UsageReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sums: UsageSums,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  async report(query: UsageQuery): Promise<UsageReport> {
    this.sums.flush();
    const asked: TimeRange = { from: query.from ?? 0, to: query.to ?? END_OF_TIME };
    // Where the rows are gone, only the sums of whole hours are left.
    const rowsSince = Date.now() - this.config.promptLog.retentionDays * DAY_MS;
    const isCut = { from: asked.from < rowsSince, to: asked.to < rowsSince };
    const whole = toWholeHours(asked);
    const range = { from: isCut.from ? whole.from : asked.from, to: isCut.to ? whole.to : asked.to };
    const { spans, edges } = coverRange(range, longestSpan(query.groupBy));
    const groups = new Groups(query.groupBy);
    for (const span of spans) {
      for (const row of await this.sumsOf(span, query)) groups.add(row);
    }
    for (const edge of edges) {
      for (const row of await this.rowsOf(edge, query)) groups.add(row);
    }
    for (const span of coverRange(whole, longestSpan(query.groupBy)).spans) {
      for (const row of await this.latenciesOf(span, query)) groups.addLatency(row);
    }
    return groups.report();
  }

  private sumsOf({ span, from, to }: SpanRange, query: UsageQuery): Promise<(Row & SumColumns)[]> {
    const parameters = new SqlParameters(this.dataSource);
    const dimensions = query.groupBy.map((group) => storedColumn(group));
    return this.dataSource.query(
      `SELECT ${named(dimensions)}, SUM(s.requests) AS requests,
         SUM(s.errors) AS errors, SUM(s.aborted) AS aborted,
         SUM(s.unpriced_requests) AS unpriced, SUM(s.input_tokens) AS input, SUM(s.cached_input_tokens) AS cached,
         SUM(s.output_tokens) AS output, SUM(s.reasoning_tokens) AS reasoning,
         CAST(SUM(s.cost_nano_usd) AS text) AS cost,
         MIN(s.first_used_at) AS "firstUsedAt", MAX(s.last_used_at) AS "lastUsedAt"
       FROM usage_sums s ${this.join(query)}
       WHERE s.span = ${parameters.mark(span)} AND s.starts_at >= ${parameters.mark(from)}
         AND s.starts_at < ${parameters.mark(to)} ${conditions('g', query, parameters)}
       GROUP BY ${dimensions.join(', ')}`,
      parameters.values,
    );
  }

  private latenciesOf(
    { span, from, to }: SpanRange,
    query: UsageQuery,
  ): Promise<(Row & { bucket: number; requests: number | string })[]> {
    const parameters = new SqlParameters(this.dataSource);
    const dimensions = query.groupBy.map((group) => storedColumn(group));
    return this.dataSource.query(
      `SELECT ${named(dimensions)}, s.bucket AS bucket, SUM(s.requests) AS requests
       FROM usage_latencies s ${this.join(query)}
       WHERE s.span = ${parameters.mark(span)} AND s.starts_at >= ${parameters.mark(from)}
         AND s.starts_at < ${parameters.mark(to)} ${conditions('g', query, parameters)}
       GROUP BY ${dimensions.join(', ')}, s.bucket`,
      parameters.values,
    );
  }

  /** What a range cuts out of an hour is summed from the rows themselves. */
  private rowsOf({ from, to }: TimeRange, query: UsageQuery): Promise<(Row & SumColumns)[]> {
    const parameters = new SqlParameters(this.dataSource);
    const dimensions = query.groupBy.map((group) => rowColumn(group));
    return this.dataSource.query(
      `SELECT ${named(dimensions)}, COUNT(*) AS requests,
         SUM(CASE WHEN r.status IN ${ERRORS} THEN 1 ELSE 0 END) AS errors,
         SUM(CASE WHEN r.status = 'aborted' THEN 1 ELSE 0 END) AS aborted,
         SUM(CASE WHEN r.cost_nano_usd IS NULL THEN 1 ELSE 0 END) AS unpriced,
         SUM(r.input_tokens) AS input, SUM(r.cached_input_tokens) AS cached, SUM(r.output_tokens) AS output,
         SUM(r.reasoning_tokens) AS reasoning, CAST(SUM(r.cost_nano_usd) AS text) AS cost,
         MIN(r.started_at) AS "firstUsedAt", MAX(r.started_at) AS "lastUsedAt"
       FROM requests r
       WHERE r.started_at >= ${parameters.mark(from)} AND r.started_at < ${parameters.mark(to)}
         ${conditions('r', query, parameters)}
       GROUP BY ${dimensions.join(', ')}`,
      parameters.values,
    );
  }

  /** The groups' names are looked up only where they are asked for. */
  private join({ groupBy, scope, filter }: UsageQuery): string {
    const isNeeded =
      scope.of !== 'all' ||
      groupBy.some((group) => group !== 'day' && group !== 'hour') ||
      Object.keys(filter ?? {}).length > 0;
    return isNeeded ? 'JOIN usage_groups g ON g.id = s.group_id' : '';
  }
}

function longestSpan(groupBy: Dimensions): 'hour' | 'day' | 'month' {
  if (groupBy.includes('hour')) return 'hour';
  return groupBy.includes('day') ? 'day' : 'month';
}

function storedColumn(group: CostGroup): string {
  if (group === 'day') return startOf('s.starts_at', DAY_MS);
  return group === 'hour' ? 's.starts_at' : `g.${COLUMNS[group]}`;
}

function rowColumn(group: CostGroup): string {
  if (group === 'day') return startOf('r.started_at', DAY_MS);
  return group === 'hour' ? startOf('r.started_at', HOUR_MS) : `r.${COLUMNS[group]}`;
}

/** Integers divide to integers, in every database. */
function startOf(column: string, spanMs: number): string {
  return `(${column} / ${spanMs}) * ${spanMs}`;
}

function named(dimensions: readonly string[]): string {
  return dimensions.map((column, index) => `${column} AS ${index === 0 ? 'a' : 'b'}`).join(', ');
}

function conditions(alias: 'g' | 'r', { scope, filter = {} }: UsageQuery, parameters: SqlParameters): string {
  const equalities = Object.entries(filter).map(([group, value]) => [COLUMNS[group as FilterGroup], value] as const);
  if (scope.of !== 'all') equalities.push([scope.of === 'key' ? 'key_id' : 'user_id', scope.id]);
  return equalities.map(([column, value]) => `AND ${alias}.${column} = ${parameters.mark(value)}`).join(' ');
}

/** Puts rows of several queries together by their groups. */
class Groups {
  private readonly groups = new Map<string, UsageGroupRow>();
  private readonly total = new UsageTotals();

  constructor(private readonly groupBy: Dimensions) {}

  add(row: Row & SumColumns): void {
    this.total.add(row);
    for (const totals of this.totalsOf(row)) totals.add(row);
  }

  addLatency(row: Row & { bucket: number; requests: number | string }): void {
    this.total.addLatency(row.bucket, Number(row.requests));
    for (const totals of this.totalsOf(row)) totals.addLatency(row.bucket, Number(row.requests));
  }

  report(): UsageReport {
    const groups = [...this.groups.values()].filter(({ totals }) => !totals.isEmpty);
    return { groups: groups.sort((one, other) => compare(one.values, other.values)), total: this.total };
  }

  private *totalsOf(row: Row): Generator<UsageTotals> {
    const [first, second] = this.groupBy;
    for (const a of first === undefined ? [] : valuesOf(first, row.a)) {
      for (const b of second === undefined ? [null] : valuesOf(second, row.b)) {
        yield this.group(second === undefined ? [a] : [a, b]);
      }
    }
  }

  private group(values: readonly (string | null)[]): UsageTotals {
    const id = JSON.stringify(values);
    let group = this.groups.get(id);
    if (!group) this.groups.set(id, (group = { values, totals: new UsageTotals() }));
    return group.totals;
  }
}

/** What a column's value is shown as. A call with two tags belongs to two groups. */
function valuesOf(group: CostGroup, value: string | number | null): readonly (string | null)[] {
  switch (group) {
    case 'day':
      return [new Date(Number(value)).toISOString().slice(0, 10)];
    case 'hour':
      return [`${new Date(Number(value)).toISOString().slice(0, 13)}:00:00Z`];
    case 'tag': {
      const tags = Object.entries(JSON.parse(String(value)) as Record<string, string>);
      return tags.length === 0 ? [null] : tags.map(([name, text]) => `${name}=${text}`);
    }
    case 'key':
    case 'model':
    case 'upstream':
    case 'user':
    case 'status':
      return [value === null || value === '' ? null : String(value)];
  }
}

function compare(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  for (const [index, value] of one.entries()) {
    const a = value ?? '';
    const b = other[index] ?? '';
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
