import { open, seal, type Opened } from './sealed-box.js';
import type { SecretService } from './secret.service.js';

/** Seals the keys that people save. A sealed key opens only for its person and the address that it was saved for. */
export class CredentialVault {
  constructor(private readonly secrets: SecretService) {}

  seal(userId: string, baseUrl: string, apiKey: string): string {
    return seal(this.secrets.key('vault'), apiKey, boundTo(userId, baseUrl));
  }

  /** @returns undefined when no secret of this gateway opens it */
  open(userId: string, baseUrl: string, sealed: string): Opened | undefined {
    return open(this.secrets.keys('vault'), sealed, boundTo(userId, baseUrl));
  }
}

/** JSON keeps the parts apart: no person and address can be joined to the text of another pair. */
function boundTo(userId: string, baseUrl: string): string {
  return JSON.stringify([userId, baseUrl]);
}
