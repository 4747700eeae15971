import { queryOptions } from '@tanstack/react-query';
import type { UpstreamList } from '../../../libs/contracts/upstreams.js';
import { fetchJson } from './api-client.js';

/** The configured upstreams, without secrets. */
export const upstreamsQuery = queryOptions({
  queryKey: ['upstreams'],
  queryFn: ({ signal }) => fetchJson<UpstreamList>('/api/upstreams', { signal }),
  staleTime: 30_000,
});
