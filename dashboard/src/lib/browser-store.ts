/**
 * The browser's own database: conversations, remembered keys. One connection per tab; a newer page in
 * another tab asks the old one to let go, and the old one then says "Reload".
 */
const DATABASE = 'ai-gateway';
const VERSION = 1;

export type StoreName = 'conversations' | 'messages' | 'deviceKeys';

let opening: Promise<IDBDatabase> | null = null;

/** The store cannot be used: blocked by the browser, or held by a newer version of the page. */
export class BrowserStoreError extends Error {
  override readonly name = 'BrowserStoreError';
}

/** Sent on `window` when a newer page needs the database: this one must be reloaded. */
export const STORE_OUTDATED = 'gateway:store-outdated';

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => createStores(request.result);
    request.onblocked = () => reject(new BrowserStoreError('Another tab holds an older version of the chats.'));
    request.onerror = () =>
      reject(new BrowserStoreError('This browser keeps no chats here.', { cause: request.error }));
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
        dispatchEvent(new Event(STORE_OUTDATED));
      };
      resolve(request.result);
    };
  });
  return opening;
}

function createStores(database: IDBDatabase): void {
  database.createObjectStore('conversations', { keyPath: 'id' });
  database.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversationId', 'conversationId');
  database.createObjectStore('deviceKeys', { keyPath: 'id' });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new BrowserStoreError('The browser gave up writing.'));
  });
}

function result<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new BrowserStoreError('The browser could not read.'));
  });
}

export async function getRow<Row>(store: StoreName, id: string): Promise<Row | undefined> {
  return (await result(read(await open(), store).get(id))) as Row | undefined;
}

export async function getAllRows<Row>(store: StoreName): Promise<readonly Row[]> {
  return (await result(read(await open(), store).getAll())) as Row[];
}

/** The messages of one conversation. */
export async function getMessageRows<Row>(conversationId: string): Promise<readonly Row[]> {
  const index = read(await open(), 'messages').index('conversationId');
  return (await result(index.getAll(conversationId))) as Row[];
}

export interface StoreChanges {
  readonly put?: Partial<Readonly<Record<StoreName, readonly object[]>>>;
  readonly remove?: Partial<Readonly<Record<StoreName, readonly string[]>>>;
}

/** Writes all or nothing. */
export async function changeRows({ put = {}, remove = {} }: StoreChanges): Promise<void> {
  const names = [...new Set([...Object.keys(put), ...Object.keys(remove)])] as StoreName[];
  if (names.length === 0) return;
  const transaction = (await open()).transaction(names, 'readwrite');
  const finished = done(transaction);
  for (const name of names) {
    const store = transaction.objectStore(name);
    for (const row of put[name] ?? []) store.put(row);
    for (const id of remove[name] ?? []) store.delete(id);
  }
  await finished;
}

/** Replaces a row by what `change` makes of it; nothing happens when the row is gone. */
export async function changeRow<Row extends object>(
  store: StoreName,
  id: string,
  change: (row: Row) => Row,
): Promise<void> {
  const transaction = (await open()).transaction(store, 'readwrite');
  const finished = done(transaction);
  const rows = transaction.objectStore(store);
  const found = rows.get(id);
  found.onsuccess = () => {
    if (found.result !== undefined) rows.put(change(found.result as Row));
  };
  await finished;
}

export async function clearStores(names: readonly StoreName[]): Promise<void> {
  const transaction = (await open()).transaction([...names], 'readwrite');
  const finished = done(transaction);
  for (const name of names) transaction.objectStore(name).clear();
  await finished;
}

function read(database: IDBDatabase, store: StoreName): IDBObjectStore {
  return database.transaction(store, 'readonly').objectStore(store);
}
