import { useSyncExternalStore } from 'react';

/** Something to undo: what was done, and how to take it back. */
export interface UndoNotice {
  readonly text: string;
  readonly undo: () => void;
  /** Runs when the time is over and nothing was undone. */
  readonly onKept?: () => void;
  readonly durationMs?: number;
}

let isNeeded = false;
const listeners = new Set<() => void>();

/** Whether a notice was ever given, so that the library is loaded only then. */
export function useToasterNeeded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isNeeded,
  );
}

async function toastOf() {
  isNeeded = true;
  for (const listener of listeners) listener();
  return (await import('sonner')).toast;
}

/** Tells what cannot be seen on the page. */
export async function notify(text: string): Promise<void> {
  (await toastOf())(text);
}

/** Offers to take back what was just done, for 10 s. */
export async function notifyUndo({ text, undo, onKept, durationMs = 10_000 }: UndoNotice): Promise<void> {
  let isUndone = false;
  const settle = () => {
    if (!isUndone) onKept?.();
  };
  const onClick = () => {
    isUndone = true;
    undo();
  };
  const toast = await toastOf();
  toast(text, { duration: durationMs, action: { label: 'Undo', onClick }, onAutoClose: settle, onDismiss: settle });
}
