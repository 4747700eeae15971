import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CostSums, CostsQuery } from '../../../../libs/contracts/costs.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { UnpricedChip } from '../../components/unpriced-chip/unpriced-chip.js';
import { costsQuery } from '../../lib/costs.js';
import { formatAlike } from '../../lib/duration.js';
import { formatChange, formatCompact, formatCount, formatShare } from '../../lib/figures.js';
import { formatUsd, plainUsd } from '../../lib/money.js';
import type { UsageWindow } from '../../lib/usage-window.js';

export type UsageFilter = Pick<CostsQuery, 'key' | 'model' | 'user' | 'upstream' | 'status'>;

interface UsageCardsProps {
  readonly window: UsageWindow;
  readonly filter: UsageFilter;
}

/** The sums of the window, and how the spend has changed against the time before. */
export function UsageCards({ window, filter }: UsageCardsProps) {
  const now = useQuery({
    ...costsQuery({ groupBy: 'status', from: window.from, to: window.to, ...filter }),
    placeholderData: keepPreviousData,
  });
  const before = useQuery(costsQuery({ groupBy: 'status', ...window.before, ...filter }));
  // Old figures stay while new ones load; they are not measured against another time.
  const costBefore = now.isPlaceholderData ? null : (before.data?.total.costUsd ?? null);
  if (now.error && !now.data) return <QueryError query={now} />;
  if (!now.data) {
    return (
      <Loading>
        <div className={gridClass}>
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} className="h-27 rounded-control" />
          ))}
        </div>
      </Loading>
    );
  }
  return (
    <div>
      <RefreshBar active={now.isFetching} />
      <QueryError query={now} />
      <Cards sums={now.data.total} costBefore={costBefore} failed={failedOf(now.data.data)} />
    </div>
  );
}

const gridClass = 'grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6';

function failedOf(rows: readonly { readonly status?: string; readonly requests: number }[]): number {
  return rows.find(({ status }) => status === 'failed')?.requests ?? 0;
}

interface CardsProps {
  readonly sums: CostSums;
  readonly costBefore: number | null;
  readonly failed: number;
}

function Cards({ sums, costBefore, failed }: CardsProps) {
  const { requests, errors, inputTokens, cachedInputTokens, outputTokens, reasoningTokens, costUsd } = sums;
  const { unpricedRequests, aborted = 0, ttftP50Ms = null, ttftP95Ms = null } = sums;
  const change = costBefore === null ? null : formatChange(costUsd, costBefore);
  const isNothingKnown = costUsd === 0 && unpricedRequests > 0;
  const [p50, p95] = formatAlike([ttftP50Ms, ttftP95Ms]);
  return (
    <dl className={gridClass}>
      <Card
        label="Spend, USD"
        title={`USD ${plainUsd(costUsd)}`}
        figure={isNothingKnown ? '–' : formatUsd(costUsd)}
        change={isNothingKnown ? null : change}
      >
        {unpricedRequests > 0 && (
          <span className="whitespace-nowrap">
            {!isNothingKnown && '+ '}
            <UnpricedChip count={unpricedRequests} />
          </span>
        )}
      </Card>
      <Card label="Input tokens" title={formatCount(inputTokens)} figure={formatCompact(inputTokens)}>
        {inputTokens > 0 && `${formatShare(cachedInputTokens / inputTokens)} of it cached`}
      </Card>
      <Card label="Output tokens" title={formatCount(outputTokens)} figure={formatCompact(outputTokens)}>
        {reasoningTokens > 0 && `${formatCompact(reasoningTokens)} reasoning`}
      </Card>
      <Card label="Requests" title={formatCount(requests)} figure={formatCount(requests)}>
        {aborted > 0 && `${formatCount(aborted)} aborted`}
      </Card>
      <Card
        label="Errors"
        title={`${errors} of ${requests}`}
        figure={requests > 0 ? formatShare(errors / requests) : '–'}
      >
        {errorWords(failed, errors - failed)}
      </Card>
      <Card label="First token, p50" figure={p50 ?? '–'}>
        {p95 !== null && `p95 ${p95}`}
      </Card>
    </dl>
  );
}

/** How errors ended: failed, or otherwise, which is broken off or refused. */
function errorWords(failed: number, other: number): string {
  const parts = [failed > 0 && `${formatCount(failed)} failed`, other > 0 && `${formatCount(other)} refused or cut`];
  return parts.filter(Boolean).join(', ');
}

interface CardProps {
  readonly label: string;
  readonly figure: string;
  readonly title?: string;
  /** Against the time before. */
  readonly change?: string | null;
  readonly children: ReactNode;
}

function Card({ label, figure, title, change, children }: CardProps) {
  return (
    <div className="min-w-0 rounded-control border border-line bg-surface p-3">
      <dt className="text-meta text-ink-2">{label}</dt>
      <dd>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span title={title} className="figures text-figure whitespace-nowrap">
            {figure}
          </span>
          {change && (
            <span title="Against as much time just before" className="figures shrink-0 text-meta text-ink-2">
              {change}
            </span>
          )}
        </span>
        <span className="flex min-h-6 flex-wrap items-center gap-x-1 text-meta text-ink-2">{children}</span>
      </dd>
    </div>
  );
}
