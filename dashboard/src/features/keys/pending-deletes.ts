import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { KeyRow } from '../../../../libs/contracts/keys.js';
import { deleteKey, updateKey } from '../../lib/issued-keys.js';
import { errorWords } from '../../lib/error-words.js';
import { notify, notifyUndo } from '../../lib/notify.js';

/** Keys that are off and will be deleted unless that is undone; a tab closed meanwhile leaves them off. */
let pending: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function set(next: ReadonlySet<string>): void {
  pending = next;
  for (const listener of listeners) listener();
}

export function usePendingDeletes(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending,
  );
}

/** Switches a key off at once and deletes it after ten seconds, unless that is undone. */
export async function deleteWithUndo(key: KeyRow, queryClient: QueryClient): Promise<void> {
  const reload = () => queryClient.invalidateQueries({ queryKey: ['keys'] });
  const restore = () => set(new Set([...pending].filter((id) => id !== key.id)));
  set(new Set([...pending, key.id]));
  try {
    if (!key.disabled) await updateKey(key.id, { disabled: true });
  } catch (error) {
    restore();
    throw error;
  }
  const say = (act: Promise<unknown>) =>
    void act
      .catch((error: unknown) => notify(errorWords(error).text))
      .finally(restore)
      .then(reload);
  await notifyUndo({
    text: `${key.name} is off and will be deleted.`,
    undo: () => say(key.disabled ? Promise.resolve() : updateKey(key.id, { disabled: false })),
    onKept: () => say(deleteKey(key.id)),
  });
}
