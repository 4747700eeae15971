import { QueryClient } from '@tanstack/react-query';
import { ApiError, ConnectionLostError } from './api-error.js';

/**
 * Server answers, shared by all pages. A refusal is shown at once; only a busy or restarting gateway and a lost
 * connection are asked again, once, after what it said to wait.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 1 && isPassing(error),
        retryDelay: (_failures, error) => (error instanceof ApiError ? (error.retryAfterMs ?? 1000) : 1000),
        // The gateway is on this machine or in this network: "offline" of the browser says nothing about it.
        networkMode: 'always',
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function isPassing(error: Error): boolean {
  return error instanceof ConnectionLostError || (error instanceof ApiError && error.status === 503);
}
