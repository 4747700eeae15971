/**
 * The keys of this tab. They live in memory and in the tab's sessionStorage; an admin key in memory only.
 * None of them is ever put into a URL, an export, a log or an error.
 */
type Slot = 'identity' | 'chat';

const storageKeys: Readonly<Record<Slot, string>> = { identity: 'gateway.identity-key', chat: 'gateway.chat-key' };
const memory: Record<Slot, string | null> = { identity: readStored('identity'), chat: readStored('chat') };
let identityIsAdmin = false;
let isAnonymous = false;
const listeners = new Set<() => void>();

/** The key that somebody signed in with: it names the caller on `/api` and, unless it is the admin key, on `/v1`. */
export function identityKey(): string | null {
  return memory.identity;
}

/** The key typed beside the chat: a provider's own or a `gw-` key, for `/v1` only. */
export function chatKey(): string | null {
  return memory.chat;
}

export function setIdentityKey(key: string | null, { isAdmin = false }: { readonly isAdmin?: boolean } = {}): void {
  identityIsAdmin = isAdmin && key !== null;
  put('identity', key, { persist: !identityIsAdmin });
}

export function setChatKey(key: string | null): void {
  put('chat', key, { persist: true });
}

/** Told by `/api/me`: a caller whom nothing else names is known by the key typed in chat. */
export function setAnonymous(value: boolean): void {
  isAnonymous = value;
}

/** The key for `/api`; `null` lets the session cookie, or the loopback address, speak. */
export function keyForApi(): string | null {
  return memory.identity ?? (isAnonymous ? memory.chat : null);
}

/** The key for `/v1`; the admin key never opens it. */
export function keyForModels(): string | null {
  return memory.chat ?? (identityIsAdmin ? null : memory.identity);
}

export function clearKeys(): void {
  setIdentityKey(null);
  setChatKey(null);
}

export function subscribeToKeys(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function put(slot: Slot, key: string | null, { persist }: { readonly persist: boolean }): void {
  memory[slot] = key;
  const storage = tabStorage();
  if (key !== null && persist) storage?.setItem(storageKeys[slot], key);
  else storage?.removeItem(storageKeys[slot]);
  for (const listener of listeners) listener();
}

function readStored(slot: Slot): string | null {
  return tabStorage()?.getItem(storageKeys[slot]) ?? null;
}

/** `undefined` where the browser blocks storage: the key then lives until the tab closes or reloads. */
function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

/** Cleans what people paste: blanks, quotes, a leading "Bearer ". */
export function cleanKey(typed: string): string {
  return typed
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .replace(/^["'`]+|["'`]+$/g, '')
    .trim();
}

/** How a stored key is shown: only its last four characters. */
export function maskKey(key: string): string {
  return `●●●●${key.slice(-4)}`;
}

const makers: readonly (readonly [pattern: RegExp, name: string, upstream: RegExp])[] = [
  [/^gw-/, 'gateway', /.*/],
  [/^sk-ant-/, 'Anthropic', /anthropic|claude/i],
  [/^sk-or-/, 'OpenRouter', /openrouter/i],
  [/^(sk-proj-|sk-svcacct-|sk-)/, 'OpenAI', /openai|azure|default/i],
  [/^AIza/, 'Google', /google|gemini|vertex/i],
  [/^gsk_/, 'Groq', /groq/i],
];

/** A sentence when the key's form belongs to another provider than the chosen one, else `null`. */
export function keyMismatch(key: string, provider: string | null): string | null {
  const maker = makers.find(([pattern]) => pattern.test(key));
  if (!maker || provider === null || maker[2].test(provider)) return null;
  return `This looks like ${/^[AEIO]/.test(maker[1]) ? 'an' : 'a'} ${maker[1]} key; the provider is ${provider}.`;
}
