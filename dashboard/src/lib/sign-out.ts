import { callGateway } from './api-client.js';
import { ApiError } from './api-error.js';
import { clearKeys } from './credentials.js';
import { forgetDeviceKeys } from './device-keys.js';

interface SignOut {
  /** Ends the person's sessions on every device. */
  readonly everywhere: boolean;
  readonly hasSession: boolean;
}

/** Ends the session and clears every key of this tab and of this device. */
export async function signOut({ everywhere, hasSession }: SignOut): Promise<void> {
  clearKeys();
  await forgetDeviceKeys();
  if (!hasSession) return;
  try {
    await callGateway('/auth/logout', { method: 'POST', body: everywhere ? { everywhere } : {}, key: null });
  } catch (error) {
    // Without sign-in there is nothing to end.
    if (!(error instanceof ApiError && [401, 404].includes(error.status))) throw error;
  }
}
