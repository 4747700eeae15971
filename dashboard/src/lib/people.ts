import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { UpdateUser, UserList, UserRow } from '../../../libs/contracts/users.js';
import { fetchJson } from './api-client.js';
import { isAdmin, useMe } from './me.js';

const MOST_NAMES = 1000;

/** People who have signed in, newest first, page by page. Administrators only. */
export const peoplePagesQuery = infiniteQueryOptions({
  queryKey: ['people', 'pages'],
  queryFn: ({ pageParam, signal }) =>
    fetchJson<UserList>('/api/users', { query: { limit: 100, cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

export function personQuery(id: string) {
  return queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => fetchJson<UserRow>(`/api/users/${encodeURIComponent(id)}`, { signal }),
  });
}

export function updatePerson(id: string, change: UpdateUser): Promise<UserRow> {
  return fetchJson<UserRow>(`/api/users/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });
}

const namesQuery = queryOptions({
  queryKey: ['people', 'names'],
  queryFn: ({ signal }) => fetchJson<UserList>('/api/users', { query: { limit: MOST_NAMES }, signal }),
  staleTime: 60_000,
});

/** What a person is called: the name, else the address. */
export function nameOfPerson({ name, email, id }: Pick<UserRow, 'name' | 'email' | 'id'>): string {
  return name || email || id;
}

/** Names by person id, for administrators; for everybody else only their own. */
export function usePeopleNames(): ReadonlyMap<string, string> {
  const me = useMe();
  const { data } = useQuery({ ...namesQuery, enabled: isAdmin(me) });
  return useMemo(() => {
    const own = me.kind === 'person' ? [me] : [];
    return new Map([...own, ...(data?.data ?? [])].map((person) => [person.id, nameOfPerson(person)]));
  }, [me, data]);
}
