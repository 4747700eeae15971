import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { PromptLogQuery, RequestRow } from '../../../../libs/contracts/prompt-log.js';
import type { RequestsSearch } from '../../app/route-search.js';
import { Dialog } from '../../components/dialog.js';
import { NeedsCaller } from '../../components/needs-caller/needs-caller.js';
import { Page } from '../../components/page.js';
import { PanelError } from '../../components/panel-error.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { useFilterChoices } from '../../lib/filter-choices.js';
import { useMe } from '../../lib/me.js';
import { usePageTitle } from '../../lib/use-page-title.js';
import { useMediaQuery } from '../../lib/use-media-query.js';
import { LiveControls, NewRows } from './live-controls.js';
import { RequestFilters } from './request-filters.js';
import { RequestList } from './request-list.js';
import { RequestsEmpty, without } from './requests-empty.js';
import { useRequestLog } from './use-request-log.js';

const RecordPanel = lazy(async () => ({ default: (await import('./record/record-panel.js')).RecordPanel }));

const route = getRouteApi('/requests');

export function RequestsPage() {
  const me = useMe();
  if (me.kind !== 'anonymous') return <RequestsSeen />;
  return (
    <Page title="Requests">
      <NeedsCaller what="your calls" />
    </Page>
  );
}

function RequestsSeen() {
  usePageTitle('Requests');
  const search = route.useSearch();
  const navigate = useNavigate();
  const { id, status, model, key, user, from, to } = search;
  const filter = useMemo(
    (): PromptLogQuery =>
      Object.fromEntries(Object.entries({ status, model, key, user, from, to }).filter(([, value]) => value)),
    [status, model, key, user, from, to],
  );
  const change = useCallback(
    (next: RequestsSearch) => void navigate({ to: '/requests', search: next, replace: true }),
    [navigate],
  );
  const [wantsLive, setWantsLive] = useState(true);
  const [isAtRest, setAtRest] = useState(true);
  const [active, setActive] = useState(0);
  const [listCount, setListCount] = useState(0);
  const isPast = to !== undefined && Date.parse(to) < Date.now();
  const isHeld = !isAtRest || id !== undefined;
  const { log, rows } = useRequestLog({ filter, isLive: wantsLive && !isPast, isHeld });
  const choices = useFilterChoices();
  const idField = useRef<HTMLInputElement>(null);
  const isNarrow = useMediaQuery('(max-width: 699px)');
  const isBeside = useMediaQuery('(min-width: 1200px)');
  const keyNames = useMemo(
    () => new Map(choices.keys.map(({ value, label, name }) => [value, name ?? label])),
    [choices.keys],
  );

  const see = useCallback((first: number, last: number) => log.see(first, last), [log]);
  const older = useCallback(() => void log.loadOlder(), [log]);
  const open = (row: RequestRow) => change({ ...search, id: row.requestId });
  const close = () => change({ ...search, id: undefined });
  const admit = () => {
    setActive(0);
    setAtRest(true);
    // A list made anew begins at its top, wherever the old one was scrolled to.
    void log.admit().then(() => setListCount((count) => count + 1));
  };
  const onKey = (pressed: string) => {
    if (pressed === '/') idField.current?.focus();
    else if (pressed === 'l' || pressed === 'L') setWantsLive(!wantsLive);
    else if (pressed === 'Escape' && id !== undefined) close();
    else return false;
    return true;
  };
  const record = id !== undefined && (
    <Suspense fallback={<Skeleton className="h-full" />}>
      <RecordPanel requestId={id} onClose={isBeside ? close : undefined} />
    </Suspense>
  );
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 p-4 md:p-6">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="mr-2 text-title max-md:sr-only">Requests</h1>
        <LiveControls isLive={wantsLive} isHeld={isHeld} isPast={isPast} onToggle={() => setWantsLive(!wantsLive)} />
        <RequestFilters search={search} choices={choices} onChange={change} idField={idField} />
        <NewRows waiting={rows.waiting} isMore={rows.waitingIsMore} onAdmit={admit} />
      </header>
      {rows.error !== null && <PanelError error={rows.error} onRetry={() => void log.poll(isHeld)} />}
      <div className="flex min-h-0 flex-1 gap-4">
        {rows.isEmptyYet ? (
          rows.error === null && <ListSkeleton />
        ) : rows.count === 0 ? (
          <div className="flex-1">
            <RequestsEmpty filter={filter} onRemove={(names) => change(without(search, names))} />
          </div>
        ) : (
          <RequestList
            key={listCount}
            rows={rows}
            active={active}
            onActive={setActive}
            openId={id}
            onOpen={open}
            keyNameOf={(keyId) => keyNames.get(keyId) ?? keyId}
            onSee={see}
            onOlder={older}
            onRest={setAtRest}
            onKey={onKey}
            isNarrow={isNarrow}
          />
        )}
        {record && isBeside && (
          <aside
            aria-label="Record"
            className="w-100 shrink-0 overflow-y-auto rounded-control border border-line bg-surface"
          >
            {record}
          </aside>
        )}
      </div>
      {record && !isBeside && (
        <Dialog open onClose={close} title="Record" shape="sheet">
          {record}
        </Dialog>
      )}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="flex-1">
      <Loading>
        <Skeleton className="mb-2 h-9 rounded-control" />
        <Skeleton className="h-96 rounded-control" />
      </Loading>
    </div>
  );
}
