import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { CreateKey, IssuedKey, KeyList, KeyRow, RotateKey, UpdateKey } from '../../../libs/contracts/keys.js';
import { fetchJson } from './api-client.js';

const PAGE = 100;

/** Issued keys that the reader may see, newest first, page by page. */
export const keyPagesQuery = infiniteQueryOptions({
  queryKey: ['keys', 'pages'],
  queryFn: ({ pageParam, signal }) =>
    fetchJson<KeyList>('/api/keys', { query: { limit: PAGE, cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

export function keyQuery(id: string) {
  return queryOptions({
    queryKey: ['keys', 'one', id],
    queryFn: ({ signal }) => fetchJson<KeyRow>(pathOf(id), { signal }),
  });
}

/** @returns the key whole, this once */
export function createKey(key: CreateKey): Promise<IssuedKey> {
  return fetchJson<IssuedKey>('/api/keys', { method: 'POST', body: key });
}

export function updateKey(id: string, change: UpdateKey): Promise<KeyRow> {
  return fetchJson<KeyRow>(pathOf(id), { method: 'PATCH', body: change });
}

/** @returns the key with its new secret whole, this once */
export function rotateKey(id: string, rotation: RotateKey): Promise<IssuedKey> {
  return fetchJson<IssuedKey>(`${pathOf(id)}/rotate`, { method: 'POST', body: rotation });
}

export function deleteKey(id: string): Promise<void> {
  return fetchJson<void>(pathOf(id), { method: 'DELETE' });
}

function pathOf(id: string): string {
  return `/api/keys/${encodeURIComponent(id)}`;
}

/** Whether a key opens anything now, and if not why. */
export type KeyState = 'on' | 'off' | 'expired';

export function keyState({ disabled, expiresAt }: Pick<KeyRow, 'disabled' | 'expiresAt'>, now: Date): KeyState {
  if (disabled) return 'off';
  return expiresAt !== null && Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'on';
}
