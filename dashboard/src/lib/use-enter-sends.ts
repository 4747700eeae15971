import { useMediaQuery } from './use-media-query.js';
import { usePreferences } from './preferences.js';

/** Whether Enter sends: on touch it breaks the line, unless the reader chose otherwise. */
export function useEnterSends(): boolean {
  const { enterSends } = usePreferences();
  // iPads claim a fine pointer too; only the pair of both tells a finger.
  const isTouch = useMediaQuery('(hover: none) and (pointer: coarse)');
  return enterSends === 'auto' ? !isTouch : enterSends === 'always';
}
