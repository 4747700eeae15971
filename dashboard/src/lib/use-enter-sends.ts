import { useMediaQuery } from './use-media-query.js';
import { usePreferences } from './preferences.js';

/** Screens that are used by finger. iPads claim a fine pointer too: only the pair of both tells. */
export const TOUCH = '(hover: none) and (pointer: coarse)';

/** Whether Enter sends: on touch it breaks the line, unless the reader chose otherwise. */
export function useEnterSends(): boolean {
  const { enterSends } = usePreferences();
  const isTouch = useMediaQuery(TOUCH);
  return enterSends === 'auto' ? !isTouch : enterSends === 'always';
}
