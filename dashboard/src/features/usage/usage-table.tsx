import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CostSums, GroupedCostRow } from '../../../../libs/contracts/costs.js';
import type { UsageGroup } from '../../app/route-search.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { Cell, HeadCell, TableFrame } from '../../components/table-head.js';
import { costsQuery } from '../../lib/costs.js';
import { nextSorting, sortRows, type Sorting, type SortValue } from '../../lib/sorting.js';
import { useLast } from '../../lib/use-last.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import { topGroups } from './chart-data.js';
import { groupIdOf, groupLabelOf, groupNames } from './groups.js';
import type { RowsLink } from './rows-link.js';
import { Swatch } from './swatch.js';
import type { UsageFilter } from './usage-cards.js';
import { tight, FigureCells } from './figure-cells.js';

export const sortColumns = [
  'name',
  'requests',
  'errors',
  'input',
  'cached',
  'output',
  'reasoning',
  'cost',
  'ttft',
  'used',
] as const;
export type SortColumn = (typeof sortColumns)[number];

interface UsageTableProps {
  readonly window: UsageWindow;
  readonly filter: UsageFilter;
  readonly by: UsageGroup;
  readonly people: ReadonlyMap<string, string>;
  readonly sorting: Sorting<SortColumn>;
  readonly onSort: (sort: string) => void;
  /** Whether the chart above shows these groups: then they have its colours. */
  readonly hasColours: boolean;
  readonly linkTo: RowsLink;
}

/** The sums by group; its rows add up to the cards. */
export function UsageTable({ window, filter, by, ...rest }: UsageTableProps) {
  const query = useQuery(costsQuery({ groupBy: by, from: window.from, to: window.to, ...filter }));
  const shown = useLast(useMemo(() => (query.data ? { costs: query.data, by } : null), [query.data, by]));
  if (query.error && !query.data) return <QueryError query={query} />;
  if (!shown) {
    return (
      <Loading>
        <Skeleton className="h-72 rounded-control" />
      </Loading>
    );
  }
  return (
    <div className="relative flex flex-col gap-2">
      <div className="absolute inset-x-0 top-0">
        <RefreshBar active={query.isFetching} />
      </div>
      <QueryError query={query} />
      <Rows rows={shown.costs.data} total={shown.costs.total} by={shown.by} {...rest} />
      {shown.by === 'tag' && <p className="text-meta text-ink-3">A call with two tags is counted with each of them.</p>}
    </div>
  );
}

type RowsProps = Pick<UsageTableProps, 'by' | 'people' | 'sorting' | 'onSort' | 'hasColours' | 'linkTo'> & {
  readonly rows: readonly GroupedCostRow[];
  readonly total: CostSums;
};

function Rows({ rows, total, by, people, sorting, onSort, hasColours, linkTo }: RowsProps) {
  const colours = useMemo(() => topGroups(rows, by), [rows, by]);
  const read = readers(by, people)[sorting.column];
  const head = (column: SortColumn, label: string) => (
    <HeadCell
      align={column === 'name' ? 'left' : 'right'}
      sorted={sorting.column === column ? sorting.direction : null}
      className={tight}
      onSort={() => onSort(nextSorting(sorting, column, column === 'name' ? 'ascending' : 'descending'))}
    >
      {label}
    </HeadCell>
  );
  return (
    <TableFrame label={`Usage by ${groupNames[by].toLowerCase()}`}>
      <thead>
        <tr>
          {head('name', groupNames[by])}
          {head('requests', 'Requests')}
          {head('errors', 'Errors %')}
          {head('input', 'Input tokens')}
          {head('cached', 'Cached')}
          {head('output', 'Output tokens')}
          {head('reasoning', 'Reasoning')}
          {head('cost', 'Cost USD')}
          <HeadCell className={tight}>Share of cost</HeadCell>
          {head('ttft', '1st token p50 ms')}
          {head('used', 'Last used')}
        </tr>
      </thead>
      <tbody>
        {sortRows(rows, read, sorting.direction).map((row) => {
          const id = groupIdOf(row, by);
          const label = groupLabelOf(row, by, people);
          const link = linkTo(null, id);
          return (
            <tr key={id ?? ''} className="border-b border-line last:border-0 hover:bg-hover">
              <Cell className="max-w-64 !px-2">
                <span className="flex min-w-0 items-center gap-2">
                  {hasColours && <Swatch colour={colours.get(id) ?? 'series-other'} />}
                  {link ? (
                    <Link
                      to="/requests"
                      search={link}
                      title={label}
                      className="min-w-0 truncate text-accent-text hover:underline"
                    >
                      <bdi>{label}</bdi>
                    </Link>
                  ) : (
                    <bdi className="min-w-0 truncate" title={label}>
                      {label}
                    </bdi>
                  )}
                </span>
              </Cell>
              <FigureCells row={row} total={total} model={by === 'model' ? row.model : undefined} />
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="border-t border-line font-semibold">
          <Cell className={tight}>Total</Cell>
          <FigureCells row={total} total={total} />
        </tr>
      </tfoot>
    </TableFrame>
  );
}

function readers(
  by: UsageGroup,
  people: ReadonlyMap<string, string>,
): Readonly<Record<SortColumn, (row: GroupedCostRow) => SortValue>> {
  return {
    name: (row) => groupLabelOf(row, by, people),
    requests: (row) => row.requests,
    errors: (row) => (row.requests > 0 ? row.errors / row.requests : null),
    input: (row) => row.inputTokens,
    cached: (row) => row.cachedInputTokens,
    output: (row) => row.outputTokens,
    reasoning: (row) => row.reasoningTokens,
    cost: (row) => row.costUsd,
    ttft: (row) => row.ttftP50Ms ?? null,
    used: (row) => row.lastUsedAt,
  };
}
