import { useSyncExternalStore } from 'react';
import type { Clock } from './clock.js';

/** What the reader chose on the settings page, kept in this browser. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'normal' | 'dense';
  /** `auto`: Enter sends, except on touch screens, where it breaks the line. */
  readonly enterSends: 'auto' | 'always' | 'never';
  readonly costUnderAnswers: boolean;
  readonly clock: Clock;
  readonly railFolded: boolean;
  readonly chatSettingsOpen: boolean;
}

const STORAGE_KEY = 'gateway.preferences';

const defaults: Preferences = {
  theme: 'system',
  density: 'normal',
  enterSends: 'auto',
  costUnderAnswers: true,
  clock: 'local',
  railFolded: false,
  chatSettingsOpen: true,
};

let current: Preferences = read();
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  return current;
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  current = { ...current, [name]: value };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch (error) {
    // A full or blocked storage costs the memory of the choice, not the choice.
    if (!(error instanceof DOMException)) throw error;
  }
  for (const listener of listeners) listener();
}

export function subscribeToPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribeToPreferences, preferences);
}

/** Another tab's choice counts here too. */
export function followOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key !== STORAGE_KEY) return;
    current = read();
    for (const listener of listeners) listener();
  });
}

function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return { ...defaults, ...(typeof stored === 'object' ? stored : null) };
  } catch {
    return defaults; // Unreadable or blocked: as if nothing had been chosen.
  }
}
