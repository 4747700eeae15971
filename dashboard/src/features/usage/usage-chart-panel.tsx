import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { CostGroup, Costs, CostsQuery } from '../../../../libs/contracts/costs.js';
import type { UsageGroup, UsageMetric } from '../../app/route-search.js';
import { Button } from '../../components/button.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Segmented } from '../../components/segmented.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { costsQuery } from '../../lib/costs.js';
import { useLast } from '../../lib/use-last.js';
import type { UsageWindow } from '../../lib/usage-window.js';
import {
  errorsChart,
  OTHER,
  requestsChart,
  speedChart,
  spendChart,
  tokensChart,
  type UsageChart as Chart,
} from './chart-data.js';
import { metricNames } from './chart-words.js';
import { ChartTable } from './chart-table.js';
import type { RowsLink } from './rows-link.js';
import { UsageChart } from './usage-chart.js';
import type { UsageFilter } from './usage-cards.js';

interface UsageChartPanelProps {
  readonly window: UsageWindow;
  readonly filter: UsageFilter;
  readonly by: UsageGroup;
  readonly people: ReadonlyMap<string, string>;
  readonly metric: UsageMetric;
  readonly onMetric: (metric: UsageMetric) => void;
  /** Rows of a bucket, and of a group of `by`. */
  readonly linkTo: RowsLink;
  /** The same for a status. */
  readonly linkToStatus: RowsLink;
}

const metrics: readonly UsageMetric[] = ['spend', 'tokens', 'requests', 'errors', 'speed'];
const options = metrics.map((value) => ({ value, label: metricNames[value] }));

/** The figures over time, as a picture or as a table. */
export function UsageChartPanel(props: UsageChartPanelProps) {
  const { window, filter, by, people, metric, onMetric } = props;
  const [isTable, setTable] = useState(false);
  const query = useQuery(
    costsQuery({ groupBy: groupOf(window.bucket, metric, by), from: window.from, to: window.to, ...filter }),
  );
  const shown = useLast(
    useMemo(
      () => (query.data ? { window, chart: chartOf(metric, window, query.data, by, people), costs: query.data } : null),
      [query.data, window, metric, by, people],
    ),
  );
  return (
    <section
      aria-label="Over time"
      className="relative flex flex-col gap-3 rounded-control border border-line bg-surface p-4"
    >
      <div className="absolute inset-x-0 top-0">
        <RefreshBar active={query.isFetching && shown !== null} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="max-w-full overflow-x-auto">
          <Segmented label="Shown over time" value={metric} onChange={onMetric} options={options} />
        </div>
        <Button look="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'View as chart' : 'View as table'}
        </Button>
      </div>
      <QueryError query={query} />
      {!shown && !query.error && (
        <Loading>
          <Skeleton className="h-72 rounded-control" />
        </Loading>
      )}
      {shown && <Shown {...props} {...shown} isTable={isTable} />}
    </section>
  );
}

interface ShownProps extends Pick<UsageChartPanelProps, 'linkTo' | 'linkToStatus'> {
  readonly chart: Chart;
  readonly window: UsageWindow;
  readonly costs: Costs;
  readonly isTable: boolean;
}

function Shown({ chart, window, costs, isTable, linkTo, linkToStatus }: ShownProps) {
  const navigate = useNavigate();
  const pick = (index: number, seriesId: string | null) => {
    const bucket = window.buckets[index];
    if (bucket === undefined) return;
    const whole = linkTo(bucket, undefined);
    const search = linkOfSeries(chart, bucket, seriesId, { linkTo, linkToStatus }) ?? whole;
    if (search) void navigate({ to: '/requests', search });
  };
  return isTable ? (
    <ChartTable chart={chart} window={window} linkTo={linkTo} />
  ) : (
    <UsageChart chart={chart} window={window} unpriced={costs.total.unpricedRequests} onPick={pick} />
  );
}

function linkOfSeries(
  { metric }: Chart,
  bucket: string,
  seriesId: string | null,
  { linkTo, linkToStatus }: Pick<UsageChartPanelProps, 'linkTo' | 'linkToStatus'>,
) {
  if (seriesId === null || seriesId === OTHER || seriesId === '') return null;
  if (metric === 'requests') return linkToStatus(bucket, seriesId);
  return metric === 'spend' ? linkTo(bucket, seriesId) : null;
}

function groupOf(bucket: 'hour' | 'day', metric: UsageMetric, by: CostGroup): NonNullable<CostsQuery['groupBy']> {
  if (metric === 'spend') return `${bucket},${by}`;
  return metric === 'requests' ? `${bucket},status` : bucket;
}

function chartOf(
  metric: UsageMetric,
  window: UsageWindow,
  { data }: Costs,
  by: UsageGroup,
  people: ReadonlyMap<string, string>,
): Chart {
  switch (metric) {
    case 'spend':
      return spendChart(window, data, by, people);
    case 'tokens':
      return tokensChart(window, data);
    case 'requests':
      return requestsChart(window, data);
    case 'errors':
      return errorsChart(window, data);
    case 'speed':
      return speedChart(window, data);
  }
}
