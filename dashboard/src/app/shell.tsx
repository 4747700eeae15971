import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { ErrorBoundary } from '../components/error-boundary.js';
import { NavigationButton, RailSlotProvider } from '../components/rail-slot.js';
import { TooltipLayer } from '../components/tooltip.js';
import { useToasterNeeded } from '../lib/notify.js';
import { usePreferences } from '../lib/preferences.js';
import { useMediaQuery } from '../lib/use-media-query.js';
import { ConnectionBar } from './connection-bar.js';
import { GlobalKeys } from './global-keys.js';
import { LoopbackBanner } from './loopback-banner.js';
import { navGroups } from './nav-items.js';
import { OutdatedBar } from './outdated-bar.js';
import { Rail } from './rail.js';

const LazyToaster = lazy(async () => ({ default: (await import('../components/toaster.js')).Toaster }));

const LazyDrawer = lazy(async () => ({ default: (await import('./drawer.js')).Drawer }));

/** Everything around a page: the rail or its drawer, the bars that concern all pages, notices. */
export function Shell() {
  const { railFolded } = usePreferences();
  const isNarrow = useMediaQuery('(max-width: 899px)');
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const closeDrawer = useCallback(() => setDrawerOpen(false), []);
  const openDrawer = useCallback(() => setDrawerOpen(true), []);
  const { pathname } = useLocation();
  const needsToaster = useToasterNeeded();
  const isBare = pathname === '/sign-in';
  return (
    <RailSlotProvider closeDrawer={closeDrawer} openDrawer={!isBare && isNarrow ? openDrawer : null}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh min-w-0 overflow-hidden">
        {!isBare && !isNarrow && <Rail folded={railFolded} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <ConnectionBar />
          <OutdatedBar />
          {!isBare && <LoopbackBanner />}
          {!isBare && isNarrow && !pathname.startsWith('/chat') && <PhoneBar title={titleOf(pathname)} />}
          <main id="main" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
            <ErrorBoundary resetKey={pathname}>
              <Outlet />
            </ErrorBoundary>
          </main>
        </div>
      </div>
      {isDrawerOpen && isNarrow && (
        <Suspense>
          <LazyDrawer onClose={closeDrawer} />
        </Suspense>
      )}
      <GlobalKeys />
      <TooltipLayer />
      {needsToaster && (
        <Suspense>
          <LazyToaster />
        </Suspense>
      )}
    </RailSlotProvider>
  );
}

function titleOf(pathname: string): string {
  const page = pathname.split('/')[1];
  return navGroups.flat().find((item) => item.page === page)?.label ?? 'AI Gateway';
}

/** The phone's head of every page but chat, which has one of its own. */
function PhoneBar({ title }: { readonly title: string }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-2">
      <NavigationButton />
      <span className="min-w-0 flex-1 truncate font-semibold">{title}</span>
    </header>
  );
}
