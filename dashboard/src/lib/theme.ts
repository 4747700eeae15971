import { preferences, subscribeToPreferences } from './preferences.js';

/** Sets `data-theme` and `data-density` on the root element, now and whenever the setting or the system changes. */
export function applyTheme(): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme, density } = preferences();
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.matches);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    document.documentElement.dataset['density'] = density;
    dispatchEvent(new Event(THEME_CHANGED));
  };
  systemIsDark.addEventListener('change', apply);
  subscribeToPreferences(apply);
  apply();
}

/** Sent on `window` after the colours changed: whatever paints on a canvas reads them again. */
export const THEME_CHANGED = 'gateway:theme-changed';

/** The computed value of a token, for example `readToken('series-1')`, for canvases. */
export function readToken(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
