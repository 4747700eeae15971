import type { CredentialList, SaveCredential } from '../../../../libs/contracts/credentials.js';
import { fetchJson } from '../../lib/api-client.js';

/** What trying a saved key has shown. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly message: string;
  readonly models: number | null;
}

const pathOf = (provider: string): string => `/api/me/credentials/${encodeURIComponent(provider)}`;

export function saveCredential(body: SaveCredential): Promise<CredentialList> {
  return fetchJson('/api/me/credentials', { method: 'PUT', body });
}

export function removeCredential(provider: string): Promise<void> {
  return fetchJson(pathOf(provider), { method: 'DELETE' });
}

/** Asks the provider for its list of models with the saved key, which costs nothing. */
export function testCredential(provider: string): Promise<ProbeResult> {
  return fetchJson(`${pathOf(provider)}/test`, { method: 'POST' });
}

export function deleteMyData(): Promise<void> {
  return fetchJson('/api/me/data', { method: 'DELETE' });
}
