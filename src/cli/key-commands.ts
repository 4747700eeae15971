import type { CreateKey, KeyRow } from '../../libs/contracts/keys.js';
import type { KeyStore } from './key-store.js';
import { keyTable, newKeyLines } from './key-texts.js';

export async function createKey(store: KeyStore, key: CreateKey, isJson: boolean): Promise<string[]> {
  const made = await store.create(key);
  return isJson ? [JSON.stringify(made, null, 2)] : newKeyLines(made, store.place);
}

export async function listKeys(store: KeyStore, isJson: boolean): Promise<string[]> {
  const keys: KeyRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await store.list(cursor);
    keys.push(...page.data);
    cursor = page.nextCursor;
  }
  if (isJson) return [JSON.stringify(keys, null, 2)];
  return keys.length === 0 ? [`There are no keys in ${store.place}.`] : keyTable(keys);
}

export async function disableKey(store: KeyStore, id: string): Promise<string[]> {
  const { name } = await store.disable(id);
  return [`The key ${id} (${name}) is disabled in ${store.place}; calls with it are refused from now on.`];
}
