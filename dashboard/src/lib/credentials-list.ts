import { queryOptions } from '@tanstack/react-query';
import type { CredentialList } from '../../../libs/contracts/credentials.js';
import { fetchJson } from './api-client.js';

/** The keys saved with the signed-in person's account; never the keys themselves. */
export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) => fetchJson<CredentialList>('/api/me/credentials', { signal }),
});
