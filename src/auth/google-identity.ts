import type { GatewayConfig, GoogleConfig } from '../config/gateway-config.js';
import { readIdToken } from './id-token.js';
import type { Identity } from './people.service.js';
import { SignInFailure } from './sign-in-failure.js';

const CLOCK_SKEW_MS = 5 * 60 * 1_000;
const MAX_LENGTH = 320;

/** The user info that is read; of Google's kind, which is OpenID Connect's. */
export interface UserInfo {
  readonly sub?: unknown;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  readonly name?: unknown;
}

/**
 * Who has signed in, if they may.
 * @param idToken as the token endpoint gave it, if it did
 * @throws {SignInFailure} for an unverified address, a foreign domain, or an answer that was made for another client
 */
export function identityOf(
  info: UserInfo,
  idToken: string | undefined,
  google: GoogleConfig,
  config: GatewayConfig,
  now: number = Date.now(),
): Identity {
  const { sub, email, email_verified: isVerified, name } = info;
  if (typeof sub !== 'string' || sub === '') throw new SignInFailure('provider_failed');
  const issuer = issuerOf(idToken, google, now);
  // The boolean and nothing like it: "false" is a text that is true.
  if (
    typeof email !== 'string' ||
    !/^[^@\s]\S*@[^@\s]+$/.test(email) ||
    email.length > MAX_LENGTH ||
    isVerified !== true
  ) {
    throw new SignInFailure('email_unverified');
  }
  const address = email.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (config.allowedDomains.length > 0 && !config.allowedDomains.includes(domain)) {
    throw new SignInFailure('domain_not_allowed');
  }
  const shownName = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, MAX_LENGTH) : null;
  return { issuer, subject: sub, email: address, name: shownName };
}

/**
 * The issuer of the ID token, which must have been made for this client; without one the provider's own address. The
 * person is who the user info says: it was read with a token that came with our own code, verifier and secret.
 */
function issuerOf(idToken: string | undefined, google: GoogleConfig, now: number): string {
  if (idToken === undefined) return new URL(google.authorizationUrl).origin;
  const claims = readIdToken(idToken);
  const isOurs =
    claims !== undefined && claims.audiences.includes(google.clientId) && (claims.expiresAt ?? 0) + CLOCK_SKEW_MS > now;
  if (!isOurs) throw new SignInFailure('provider_failed');
  // Google writes its issuer with and without the scheme.
  const issuer = claims.issuer ?? new URL(google.authorizationUrl).origin;
  return issuer.includes('://') ? issuer : `https://${issuer}`;
}
