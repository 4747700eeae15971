import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { AdminOnly } from '../../components/admin-only/admin-only.js';
import { EmptyState } from '../../components/empty-state.js';
import { OlderButton } from '../../components/older-button/older-button.js';
import { Page } from '../../components/page.js';
import { QueryError } from '../../components/query-error/query-error.js';
import { Loading, Skeleton } from '../../components/skeleton.js';
import { useMe } from '../../lib/me.js';
import { peoplePagesQuery } from '../../lib/people.js';
import { useNow } from '../../lib/use-now.js';
import { PeopleTable } from './people-table.js';

const PersonSheet = lazy(async () => ({ default: (await import('./person-sheet.js')).PersonSheet }));

const route = getRouteApi('/people/{-$id}');
const MINUTE_MS = 60_000;

export function PeoplePage() {
  const { id } = route.useParams();
  const navigate = useNavigate();
  const now = useNow(MINUTE_MS);
  return (
    <Page title="People">
      <AdminOnly>
        <PeopleList now={now} />
      </AdminOnly>
      {id !== undefined && (
        <Suspense>
          <PersonSheet
            id={id}
            now={now}
            onClose={() => void navigate({ to: '/people/{-$id}', params: { id: undefined } })}
          />
        </Suspense>
      )}
    </Page>
  );
}

function PeopleList({ now }: { readonly now: Date }) {
  const me = useMe();
  const query = useInfiniteQuery(peoplePagesQuery);
  if (query.error && !query.data) return <QueryError query={query} />;
  if (!query.data) {
    return (
      <Loading>
        <Skeleton className="h-72 rounded-control" />
      </Loading>
    );
  }
  const people = query.data.pages.flatMap(({ data }) => data);
  if (people.length === 0) {
    return (
      <EmptyState title="Nobody has signed in yet.">
        {!me.signIn && (
          <p>
            Sign-in is off. <code className="font-mono text-table">GOOGLE_CLIENT_ID</code> and{' '}
            <code className="font-mono text-table">GOOGLE_CLIENT_SECRET</code> switch it on.
          </p>
        )}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <QueryError query={query} />
      <PeopleTable people={people} now={now} />
      <OlderButton query={query} />
    </div>
  );
}
