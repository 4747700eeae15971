import type { Me } from '../../../../libs/contracts/me.js';
import { fetchJson } from '../../lib/api-client.js';
import { setIdentityKey } from '../../lib/credentials.js';

/** The key is neither the admin key nor one of this gateway's; as a provider's own it belongs into the chat. */
export class NotAnIdentityError extends Error {
  override readonly name = 'NotAnIdentityError';

  constructor() {
    super('The gateway does not know this key. A provider’s own key is typed beside the chat.');
  }
}

/**
 * Asks the gateway whom a key names, and keeps it for this tab when it names anybody.
 * @throws {ApiError} when the gateway refuses the key
 * @throws {NotAnIdentityError} when it names nobody
 */
export async function signInWithKey(key: string): Promise<void> {
  const me = await fetchJson<Me>('/api/me', { key });
  if (me.kind !== 'admin' && me.kind !== 'key') throw new NotAnIdentityError();
  setIdentityKey(key, { isAdmin: me.kind === 'admin' });
}
