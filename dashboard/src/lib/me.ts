import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../../libs/contracts/me.js';
import { fetchJson } from './api-client.js';
import { ApiError } from './api-error.js';
import { identityKey, setAnonymous } from './credentials.js';

/** What is assumed while nothing was heard: chat with the demo model works, administration is not offered. */
export const unknownCaller: Me = { kind: 'anonymous', access: 'open', signIn: false, demo: true };

async function fetchMe(signal: AbortSignal): Promise<Me> {
  try {
    // Without the key typed in chat: it says who pays for a call, not who reads this page.
    const me = await fetchJson<Me>('/api/me', { signal, key: identityKey() });
    setAnonymous(me.kind === 'anonymous');
    return me;
  } catch (error) {
    // A gateway without this endpoint is an open one.
    if (error instanceof ApiError && error.status === 404) return unknownCaller;
    throw error;
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => fetchMe(signal),
  staleTime: 60_000,
});

/** The caller, never `undefined`: unknown until the gateway has answered. */
export function useMe(): Me {
  return useQuery(meQuery).data ?? unknownCaller;
}

export function isAdmin(me: Me): boolean {
  return me.kind === 'admin' || me.role === 'admin';
}

/** Whether this caller must sign in, or give a key, before anything else. */
export function mustSignIn(me: Me): boolean {
  return me.access === 'keys' && me.kind === 'anonymous';
}

export type PageName =
  'chat' | 'compare' | 'usage' | 'requests' | 'keys' | 'connect' | 'models' | 'people' | 'audit' | 'settings';

/** Which pages a caller may see. What is forbidden is absent, not greyed out. */
export function maySee(me: Me, page: PageName): boolean {
  if (page === 'people' || page === 'audit') return isAdmin(me);
  if (page === 'keys') return isAdmin(me) || me.kind === 'person';
  return true;
}
