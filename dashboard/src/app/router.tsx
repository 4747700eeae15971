import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '../lib/api-error.js';
import { identityKey, setIdentityKey } from '../lib/credentials.js';
import { meQuery, mustSignIn } from '../lib/me.js';
import { parseSearch, stringifySearch } from '../lib/search-params.js';
import { NotFound } from './not-found.js';
import { RoutePending } from './route-pending.js';
import { RouteError } from './route-error.js';
import {
  readAuditSearch,
  readChatSearch,
  readCompareSearch,
  readConnectSearch,
  readModelsSearch,
  readRequestsSearch,
  readSignInSearch,
  readUsageSearch,
} from './route-search.js';
import { Shell } from './shell.js';

const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFound,
  beforeLoad: async ({ context, location }) => {
    if (location.pathname === '/sign-in') return;
    const me = await context.queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      // A key that ended since: whoever had it signs in again. A gateway that does not answer yet keeps nobody
      // from their chats: they go on as unknown callers.
      if (error instanceof ApiError && error.status === 401 && identityKey() !== null) return 'refused' as const;
      return null;
    });
    if (me === 'refused') {
      setIdentityKey(null);
      throw redirect({ to: '/sign-in', search: { next: location.href, error: 'key_refused' } });
    }
    if (me && mustSignIn(me)) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/chat/{-$id}', params: { id: undefined }, replace: true });
  },
});

const chatRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chat/{-$id}',
  validateSearch: readChatSearch,
  component: lazyRouteComponent(() => import('../features/chat/chat-page.js'), 'ChatPage'),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('../features/compare/compare-page.js'), 'ComparePage'),
});

const usageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/usage',
  validateSearch: readUsageSearch,
  component: lazyRouteComponent(() => import('../features/usage/usage-page.js'), 'UsagePage'),
});

const requestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/requests',
  validateSearch: readRequestsSearch,
  component: lazyRouteComponent(() => import('../features/requests/requests-page.js'), 'RequestsPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys/{-$id}',
  component: lazyRouteComponent(() => import('../features/keys/keys-page.js'), 'KeysPage'),
});

const connectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect',
  validateSearch: readConnectSearch,
  component: lazyRouteComponent(() => import('../features/connect/connect-page.js'), 'ConnectPage'),
});

const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  validateSearch: readModelsSearch,
  component: lazyRouteComponent(() => import('../features/models/models-page.js'), 'ModelsPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/{-$id}',
  component: lazyRouteComponent(() => import('../features/people/people-page.js'), 'PeoplePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/audit-page.js'), 'AuditPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.js'), 'SettingsPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.js'), 'SignInPage'),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  chatRoute,
  compareRoute,
  usageRoute,
  requestsRoute,
  keysRoute,
  connectRoute,
  modelsRoute,
  peopleRoute,
  auditRoute,
  settingsRoute,
  signInRoute,
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPendingMinMs: 300,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    // Pages scroll inside the main element.
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
