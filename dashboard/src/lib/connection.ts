import { useSyncExternalStore } from 'react';

/** Whether the gateway was heard when last called. The browser's own "online" knows nothing of it. */
let isLost = false;
const listeners = new Set<() => void>();
let probe: ReturnType<typeof setInterval> | null = null;
const PROBE_MS = 2000;

export function connectionLost(): void {
  if (isLost) return;
  set(true);
  probe ??= setInterval(() => void ask(), PROBE_MS);
}

export function connectionFound(): void {
  if (!isLost) return;
  if (probe !== null) clearInterval(probe);
  probe = null;
  set(false);
}

/** `true` from the moment a call got no answer until the gateway answers again. */
export function useConnectionLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLost,
  );
}

/** The browser says at once when the network is gone. */
export function watchConnection(): void {
  addEventListener('offline', connectionLost);
  addEventListener('online', () => void ask());
}

async function ask(): Promise<void> {
  try {
    await fetch('/health/live', { cache: 'no-store' });
    connectionFound();
  } catch {
    connectionLost(); // Still nothing: the next probe asks again.
  }
}

function set(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}
