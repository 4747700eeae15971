import { useSyncExternalStore } from 'react';
import { chatKey, setChatKey, subscribeToKeys } from './credentials.js';
import { forgetDeviceKeys, rememberedKey, rememberKey } from './device-keys.js';

/** The key typed beside the chat, or `null`. */
export function useChatKey(): string | null {
  return useSyncExternalStore(subscribeToKeys, chatKey);
}

/** Uses a key for this tab, and keeps it on this device when asked to. */
export async function takeKey(key: string, remember: boolean): Promise<void> {
  setChatKey(key);
  if (remember) await rememberKey(key);
}

export async function forgetKey(): Promise<void> {
  setChatKey(null);
  await forgetDeviceKeys();
}

/** At the start of a tab: the key that this device remembers, unless the tab has one of its own. */
export async function restoreRememberedKey(): Promise<void> {
  if (chatKey() !== null) return;
  const key = await rememberedKey();
  if (key !== null && chatKey() === null) setChatKey(key);
}
