import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AuditSearch } from '../../app/route-search.js';
import { AdminOnly } from '../../components/admin-only/admin-only.js';
import { Button } from '../../components/button.js';
import { EmptyState } from '../../components/empty-state.js';
import { FilterSelect } from '../../components/filter-select/filter-select.js';
import { OlderButton } from '../../components/older-button/older-button.js';
import { Page } from '../../components/page.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, RefreshBar, Skeleton } from '../../components/skeleton.js';
import { auditPagesQuery } from '../../lib/audit.js';
import { AuditTable } from './audit-table.js';
import { knownActions } from './audit-words.js';

const route = getRouteApi('/audit');

/** Who changed what, when and from where; and who read whose texts. */
export function AuditPage() {
  return (
    <AdminOnly>
      <AuditList />
    </AdminOnly>
  );
}

function AuditList() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { actor, action } = search;
  const filter = useMemo(
    () => ({ ...(actor === undefined ? {} : { actor }), ...(action === undefined ? {} : { action }) }),
    [actor, action],
  );
  const query = useInfiniteQuery(auditPagesQuery(filter));
  const rows = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const actors = [...new Set(rows.map((row) => row.actor))].map((value) => ({ value, label: value }));
  const change = (next: AuditSearch) => void navigate({ to: '/audit', search: { ...search, ...next }, replace: true });
  return (
    <Page
      title="Audit"
      toolbar={
        <>
          <FilterSelect
            name="who"
            value={actor}
            options={actors}
            takesAny
            onChange={(next) => change({ actor: next })}
          />
          <FilterSelect
            name="did what"
            value={action}
            options={knownActions}
            takesAny
            onChange={(next) => change({ action: next })}
          />
        </>
      }
    >
      <QueryError query={query} />
      {!query.data && !query.error && (
        <Loading>
          <Skeleton className="h-96 rounded-control" />
        </Loading>
      )}
      {query.data && rows.length === 0 && (
        <EmptyState
          title={actor || action ? 'Nothing matches.' : 'Nothing was changed yet.'}
          action={
            (actor || action) && (
              <Button look="filled" onClick={() => change({ actor: undefined, action: undefined })}>
                Remove the filters
              </Button>
            )
          }
        />
      )}
      {rows.length > 0 && (
        <div>
          <RefreshBar active={query.isFetching && !query.isFetchingNextPage} />
          <AuditTable rows={rows} />
        </div>
      )}
      <OlderButton query={query} />
    </Page>
  );
}
