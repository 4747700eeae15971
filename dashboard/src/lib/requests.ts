import { queryOptions } from '@tanstack/react-query';
import type { RequestRecord } from '../../../libs/contracts/requests.js';
import { fetchJson } from './api-client.js';

/** One call whole: tokens, cost, tries, route, limits. */
export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ['request', requestId],
    queryFn: ({ signal }) => fetchJson<RequestRecord>(`/api/requests/${encodeURIComponent(requestId)}`, { signal }),
  });
}
