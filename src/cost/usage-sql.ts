import type { DataSource } from 'typeorm';
import type { CostGroup } from '../../libs/contracts/costs.js';
import { SqlParameters } from '../storage/sql-parameters.js';
import { DAY_MS, HOUR_MS } from '../storage/usage-spans.js';
import { kindFor, type FilterGroup, type UsageQuery } from './usage-query.js';
import type { SpanRange, TimeRange } from './usage-range.js';
import type { SumColumns } from './usage-totals.js';

/** What a row is grouped by: the first and the second of `groupBy`, as stored. */
export interface GroupColumns {
  readonly a?: string | number | null;
  readonly b?: string | number | null;
}

export interface LatencyColumns {
  readonly bucket: number;
  readonly requests: number | string;
}

/** Columns of `usage_groups`, and of `requests`; times come from the rows' own columns. */
const COLUMNS = {
  key: 'key_id',
  model: 'model',
  upstream: 'upstream',
  user: 'user_id',
  tag: 'tags',
  status: 'status',
} as const;

const STORED_SUMS = `SUM(s.requests) AS requests, SUM(s.errors) AS errors, SUM(s.aborted) AS aborted,
  SUM(s.unpriced_requests) AS unpriced, SUM(s.input_tokens) AS input, SUM(s.cached_input_tokens) AS cached,
  SUM(s.output_tokens) AS output, SUM(s.reasoning_tokens) AS reasoning, CAST(SUM(s.cost_nano_usd) AS text) AS cost,
  MIN(s.first_used_at) AS "firstUsedAt", MAX(s.last_used_at) AS "lastUsedAt"`;

const ROW_SUMS = `COUNT(*) AS requests,
  SUM(CASE WHEN r.status IN ('failed', 'partial', 'rejected') THEN 1 ELSE 0 END) AS errors,
  SUM(CASE WHEN r.status = 'aborted' THEN 1 ELSE 0 END) AS aborted,
  SUM(CASE WHEN r.cost_nano_usd IS NULL THEN 1 ELSE 0 END) AS unpriced,
  SUM(r.input_tokens) AS input, SUM(r.cached_input_tokens) AS cached, SUM(r.output_tokens) AS output,
  SUM(r.reasoning_tokens) AS reasoning, CAST(SUM(r.cost_nano_usd) AS text) AS cost,
  MIN(r.started_at) AS "firstUsedAt", MAX(r.started_at) AS "lastUsedAt"`;

/** Sums of whole spans, as stored. */
export function selectSums(
  dataSource: DataSource,
  range: SpanRange,
  query: UsageQuery,
): Promise<(GroupColumns & SumColumns)[]> {
  return selectStored(dataSource, range, query, { columns: STORED_SUMS, table: 'usage_sums', groups: [] });
}

/** How many calls had their first event after how long. */
export function selectLatencies(
  dataSource: DataSource,
  range: SpanRange,
  query: UsageQuery,
): Promise<(GroupColumns & LatencyColumns)[]> {
  const columns = 's.bucket AS bucket, SUM(s.requests) AS requests';
  return selectStored(dataSource, range, query, { columns, table: 'usage_latencies', groups: ['s.bucket'] });
}

/** What a range cuts out of an hour is summed from the rows themselves. */
export function selectRows(
  dataSource: DataSource,
  { from, to }: TimeRange,
  query: UsageQuery,
): Promise<(GroupColumns & SumColumns)[]> {
  const parameters = new SqlParameters(dataSource);
  const dimensions = query.groupBy.map(rowColumn);
  return dataSource.query(
    `SELECT ${[...named(dimensions), ROW_SUMS].join(', ')} FROM requests r
     WHERE r.started_at >= ${parameters.mark(from)} AND r.started_at < ${parameters.mark(to)}
       ${conditions('r', query, parameters)} ${groupedBy(dimensions)}`,
    parameters.values,
  );
}

interface Stored {
  readonly columns: string;
  readonly table: string;
  readonly groups: readonly string[];
}

/** Groups first, then their sums: SQLite keeps to the order of a cross join, and sums are stored by group. */
function selectStored<T>(
  dataSource: DataSource,
  { span, from, to }: SpanRange,
  query: UsageQuery,
  { columns, table, groups }: Stored,
): Promise<T[]> {
  const parameters = new SqlParameters(dataSource);
  const dimensions = query.groupBy.map(storedColumn);
  return dataSource.query(
    `SELECT ${[...named(dimensions), columns].join(', ')} FROM usage_groups g CROSS JOIN ${table} s
     WHERE g.kind = ${parameters.mark(kindFor(query))} ${conditions('g', query, parameters)}
       AND s.group_id = g.id AND s.span = ${parameters.mark(span)}
       AND s.starts_at >= ${parameters.mark(from)} AND s.starts_at < ${parameters.mark(to)}
     ${groupedBy([...dimensions, ...groups])}`,
    parameters.values,
  );
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

function named(dimensions: readonly string[]): string[] {
  return dimensions.map((column, index) => `${column} AS ${index === 0 ? 'a' : 'b'}`);
}

/** Without groups an aggregate gives a row for nothing at all, which HAVING leaves out. */
function groupedBy(dimensions: readonly string[]): string {
  return dimensions.length === 0 ? 'HAVING COUNT(*) > 0' : `GROUP BY ${dimensions.join(', ')}`;
}

function conditions(alias: 'g' | 'r', { scope, filter = {} }: UsageQuery, parameters: SqlParameters): string {
  const equalities = Object.entries(filter).map(([group, value]) => [COLUMNS[group as FilterGroup], value] as const);
  if (scope.of !== 'all') equalities.push([scope.of === 'key' ? 'key_id' : 'user_id', scope.id]);
  return equalities.map(([column, value]) => `AND ${alias}.${column} = ${parameters.mark(value)}`).join(' ');
}
