import { infiniteQueryOptions } from '@tanstack/react-query';
import type { AuditLog, AuditQuery } from '../../../libs/contracts/audit.js';
import { fetchJson } from './api-client.js';

const PAGE = 100;

/** Acts of administration, newest first, page by page. */
export function auditPagesQuery(filter: Pick<AuditQuery, 'actor' | 'action' | 'from' | 'to'>) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<AuditLog>('/api/audit', { query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
