import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { UsageSearch } from '../../app/route-search.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { NeedsCaller } from '../../components/needs-caller/needs-caller.js';
import { Page } from '../../components/page.js';
import { PanelError } from '../../components/panel-error.js';
import { costsQuery } from '../../lib/costs.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { usePeopleNames } from '../../lib/people.js';
import { saveFile } from '../../lib/save-file.js';
import { readSorting } from '../../lib/sorting.js';
import { useNow } from '../../lib/use-now.js';
import { usageWindow } from '../../lib/usage-window.js';
import { rowsLink } from './rows-link.js';
import { UsageCards, type UsageFilter } from './usage-cards.js';
import { UsageChartPanel } from './usage-chart-panel.js';
import { usageCsv } from './usage-csv.js';
import { UsageEmpty } from './usage-empty.js';
import { sortColumns, UsageTable } from './usage-table.js';
import { UsageToolbar } from './usage-toolbar.js';

const route = getRouteApi('/usage');
const MINUTE_MS = 60_000;

export function UsagePage() {
  const me = useMe();
  if (me.kind !== 'anonymous') return <UsageOverTime seesPeople={isAdmin(me)} />;
  return (
    <Page title="Usage">
      <NeedsCaller what="your calls" />
    </Page>
  );
}

function UsageOverTime({ seesPeople }: { readonly seesPeople: boolean }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const now = useNow(MINUTE_MS);
  const { range, from, to, key, model, user } = search;
  const hour = Math.floor(now.getTime() / (60 * MINUTE_MS));
  // The window moves on with the hour, not with every tick: its questions are asked once and kept.
  const window = useMemo(() => usageWindow({ range, from, to }, new Date()), [range, from, to, hour]);
  const filter = useMemo((): UsageFilter => defined({ key, model, user }), [key, model, user]);
  const change = (next: UsageSearch) => void navigate({ to: '/usage', search: next, replace: true });
  return (
    <Page
      title="Usage"
      toolbar={
        window && (
          <ExportButton search={search} filter={filter} from={window.from} to={window.to} bucket={window.bucket} />
        )
      }
    >
      <UsageToolbar search={search} window={window} seesPeople={seesPeople} />
      {window ? (
        <UsageFigures search={search} window={window} filter={filter} onSearch={change} />
      ) : (
        <EmptyState
          title="This range has no time in it, or more than 400 days."
          action={
            <Button
              look="filled"
              onClick={() => change({ ...search, range: undefined, from: undefined, to: undefined })}
            >
              Show the last 7 days
            </Button>
          }
        />
      )}
    </Page>
  );
}

interface UsageFiguresProps {
  readonly search: UsageSearch;
  readonly window: NonNullable<ReturnType<typeof usageWindow>>;
  readonly filter: UsageFilter;
  readonly onSearch: (search: UsageSearch) => void;
}

/** Cards, chart and table are asked for apart; each is painted when it comes and fails alone. */
function UsageFigures({ search, window, filter, onSearch }: UsageFiguresProps) {
  const people = usePeopleNames();
  const { by = 'model', metric = 'spend', sort } = search;
  const { data } = useQuery(costsQuery({ groupBy: 'status', from: window.from, to: window.to, ...filter }));
  const linkTo = useMemo(() => rowsLink(window, filter, by), [window, filter, by]);
  const linkToStatus = useMemo(() => rowsLink(window, filter, 'status'), [window, filter]);
  if (data?.total.requests === 0) return <UsageEmpty search={search} window={window} onSearch={onSearch} />;
  return (
    <>
      <UsageCards window={window} filter={filter} />
      <UsageChartPanel
        window={window}
        filter={filter}
        by={by}
        people={people}
        metric={metric}
        onMetric={(next) => onSearch({ ...search, metric: next === 'spend' ? undefined : next })}
        linkTo={linkTo}
        linkToStatus={linkToStatus}
      />
      <UsageTable
        window={window}
        filter={filter}
        by={by}
        people={people}
        sorting={readSorting(sort, sortColumns, { column: 'cost', direction: 'descending' })}
        onSort={(next) => onSearch({ ...search, sort: next === '-cost' ? undefined : next })}
        hasColours={metric === 'spend'}
        linkTo={linkTo}
      />
    </>
  );
}

interface ExportButtonProps {
  readonly search: UsageSearch;
  readonly filter: UsageFilter;
  readonly from: string;
  readonly to: string;
  readonly bucket: 'hour' | 'day';
}

function ExportButton({ search, filter, from, to, bucket }: ExportButtonProps) {
  const queryClient = useQueryClient();
  const people = usePeopleNames();
  const [error, setError] = useState<unknown>(null);
  const { by = 'model' } = search;
  const save = async () => {
    setError(null);
    try {
      const { data } = await queryClient.fetchQuery(costsQuery({ groupBy: `${bucket},${by}`, from, to, ...filter }));
      saveFile(`usage-${from.slice(0, 10)}-by-${by}.csv`, usageCsv(data, bucket, by, people), 'text/csv');
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <>
      {error !== null && <PanelError error={error} onRetry={() => void save()} />}
      <Button icon={<Download aria-hidden size={16} strokeWidth={1.5} />} onClick={() => void save()}>
        Export CSV
      </Button>
    </>
  );
}

/** Without what is not filtered by. */
function defined(filter: Readonly<Record<string, string | undefined>>): UsageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
