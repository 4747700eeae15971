import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppRouter } from './app/router.js';
import { reloadOnStaleBuild } from './app/stale-build.js';
import { watchConnection } from './lib/connection.js';
import { meQuery } from './lib/me.js';
import { followOtherTabs } from './lib/preferences.js';
import { restoreRememberedKey } from './lib/use-keys.js';
import { createQueryClient } from './lib/query-client.js';
import { applyTheme } from './lib/theme.js';
import './styles/main.css';

applyTheme();
followOtherTabs();
watchConnection();
reloadOnStaleBuild();
restoreRememberedKey().catch((error: unknown) => console.warn('No key was remembered here.', error));

const queryClient = createQueryClient();
// What the first screen needs is asked for at once, not one after the other by the router.
void queryClient.prefetchQuery(meQuery);
if (/^\/(chat|$)/.test(location.pathname)) {
  void import('./features/chat/chat-page.js');
}
const router = createAppRouter(queryClient);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
