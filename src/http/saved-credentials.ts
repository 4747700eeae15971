/** A person's own access to an upstream, opened for one call. */
export interface SavedCredential {
  /** Name of a configured upstream, or the person's own name for an allowed base URL. */
  readonly provider: string;
  /** Set where `provider` is no configured upstream. */
  readonly baseUrl: string | undefined;
  readonly apiKey: string | undefined;
  /** Model for calls that name none of the provider's own. */
  readonly model: string | undefined;
}

/** Credentials that people saved with their accounts. Implemented by AuthModule. */
export interface SavedCredentials {
  credentialFor(userId: string, provider: string): Promise<SavedCredential | undefined>;
  /** The one for model ids without a route. */
  defaultFor(userId: string): Promise<SavedCredential | undefined>;
}
export const SavedCredentials = Symbol('SavedCredentials');
