import { utcOffset } from './clock.js';
import { usePreferences } from './preferences.js';

/** The clock that times are shown on: `UTC`, or the reader's own by its distance from there. */
export function useClockName(): string {
  return usePreferences().clock === 'utc' ? 'UTC' : utcOffset();
}
