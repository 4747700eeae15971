import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { IssuedKey } from '../../../../libs/contracts/keys.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { OlderButton } from '../../components/older-button/older-button.js';
import { Page } from '../../components/page.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { costsQuery } from '../../lib/costs.js';
import { startOfLastDays } from '../../lib/filter-choices.js';
import { keyPagesQuery } from '../../lib/issued-keys.js';
import { isAdmin, useMe } from '../../lib/me.js';
import { useNow } from '../../lib/use-now.js';
import { KeyTable } from './key-table.js';
import { usePendingDeletes } from './pending-deletes.js';

const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.js')).KeySheet }));
const NewKeyDialog = lazy(async () => ({
  default: (await import('../../components/key-form/new-key-dialog.js')).NewKeyDialog,
}));
const IssuedKeyDialog = lazy(async () => ({
  default: (await import('../../components/key-form/issued-key-dialog.js')).IssuedKeyDialog,
}));

const route = getRouteApi('/keys/{-$id}');
const MINUTE_MS = 60_000;
const DAYS = 30;

export function KeysPage() {
  const { id } = route.useParams();
  const me = useMe();
  const navigate = useNavigate();
  const now = useNow(MINUTE_MS);
  const [isMaking, setMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const canMake = isAdmin(me) || me.kind === 'person';
  const startMaking = canMake ? () => setMaking(true) : undefined;
  return (
    <Page title="Keys" toolbar={startMaking && <NewKeyButton onClick={startMaking} />}>
      <KeyList now={now} onNew={startMaking} />
      <Suspense>
        {id !== undefined && (
          <KeySheet
            id={id}
            now={now}
            onClose={() => void navigate({ to: '/keys/{-$id}', params: { id: undefined } })}
            onIssued={setIssued}
          />
        )}
        {isMaking && (
          <NewKeyDialog
            onClose={() => setMaking(false)}
            onIssued={(key) => {
              setMaking(false);
              setIssued(key);
            }}
          />
        )}
        {issued && <IssuedKeyDialog issued={issued} onStored={() => setIssued(null)} />}
      </Suspense>
    </Page>
  );
}

function NewKeyButton({
  onClick,
  look = 'filled',
}: {
  readonly onClick: () => void;
  readonly look?: 'filled' | 'outline';
}) {
  return (
    <Button look={look} icon={<Plus aria-hidden size={16} strokeWidth={1.5} />} onClick={onClick}>
      New key
    </Button>
  );
}

interface KeyListProps {
  readonly now: Date;
  /** Absent for those who may not. */
  readonly onNew: (() => void) | undefined;
}

function KeyList({ now, onNew }: KeyListProps) {
  const query = useInfiniteQuery(keyPagesQuery);
  const from = useMemo(() => startOfLastDays(DAYS, new Date()), []);
  const costs = useQuery(costsQuery({ groupBy: 'key', from }));
  const spending = useMemo(
    () => new Map((costs.data?.data ?? []).map((row) => [row.keyId ?? '', row.costUsd])),
    [costs.data],
  );
  const pending = usePendingDeletes();
  if (query.error && !query.data) return <QueryError query={query} />;
  if (!query.data) {
    return (
      <Loading>
        <Skeleton className="h-72 rounded-control" />
      </Loading>
    );
  }
  const keys = query.data.pages.flatMap(({ data }) => data).filter(({ id }) => !pending.has(id));
  if (keys.length === 0) {
    return (
      <EmptyState
        title="A key lets a program or a team call within a budget."
        action={onNew && <NewKeyButton look="outline" onClick={onNew} />}
      />
    );
  }
  return (
    <div className="relative flex flex-col gap-3">
      <div className="absolute inset-x-0 -top-2">
        <RefreshBar active={query.isFetching && !query.isFetchingNextPage} />
      </div>
      <QueryError query={query} />
      <QueryError query={costs} />
      <KeyTable keys={keys} spending={spending} now={now} />
      <OlderButton query={query} />
    </div>
  );
}
