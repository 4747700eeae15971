/** A provider's key saved with the signed-in person's account; the key itself is never read back. */
export interface CredentialRow {
  readonly provider: string;
  readonly baseUrl: string | null;
  readonly model: string | null;
  /** `null` when a new base URL dropped the secret. */
  readonly last4: string | null;
  readonly isDefault: boolean;
}

export interface SaveCredential {
  readonly provider: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly model?: string;
  readonly isDefault?: boolean;
}

export interface CredentialList {
  readonly data: readonly CredentialRow[];
}
