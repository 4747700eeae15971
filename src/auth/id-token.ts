/** What is read of an ID token. */
export interface IdTokenClaims {
  readonly issuer: string | undefined;
  readonly audiences: readonly string[];
  /** ms since 1970 */
  readonly expiresAt: number | undefined;
}

/**
 * Reads an ID token that came straight from the token endpoint. OpenID Connect allows to take the connection for the
 * signature there; the claims must be checked all the same.
 * @returns undefined for what is no token
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export function readIdToken(token: string): IdTokenClaims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    // No JSON: no token.
    return undefined;
  }
  if (typeof claims !== 'object' || claims === null) return undefined;
  const { iss, aud, exp } = claims as Readonly<Record<string, unknown>>;
  return {
    issuer: typeof iss === 'string' ? iss : undefined,
    audiences: (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string'),
    expiresAt: typeof exp === 'number' ? exp * 1_000 : undefined,
  };
}
