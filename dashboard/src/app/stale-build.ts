import { notify } from '../lib/notify.js';

const GUARD_KEY = 'gateway.reloaded-for-new-build';
const GUARD_MS = 60_000;

/**
 * After an update the old page asks for files that are gone. Reload once; when that did not help, say so and
 * leave the page alone: a loop of reloads would lose what is being typed.
 */
export function reloadOnStaleBuild(now: () => number = Date.now): void {
  addEventListener('vite:preloadError', (event) => {
    event.preventDefault();
    const last = Number(sessionStorage.getItem(GUARD_KEY) ?? 0);
    if (now() - last < GUARD_MS) {
      void notify('The dashboard was updated. Reload.');
      return;
    }
    sessionStorage.setItem(GUARD_KEY, String(now()));
    location.reload();
  });
}
