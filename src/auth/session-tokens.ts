import type { JwtService } from '@nestjs/jwt';
import { steadyNow, type Clock } from './steady-clock.js';

/** How long a session lives without being used, ms. */
export const SESSION_MS = 12 * 60 * 60 * 1_000;

const RENEW_AFTER_MS = 15 * 60 * 1_000;
const ALGORITHM = 'HS256';
const ISSUER = 'ai-gateway';
const AUDIENCE = 'ai-gateway/session';

/** What the token of a session says. */
export interface SessionClaims {
  readonly sessionId: string;
  readonly userId: string;
  /** ms since 1970. */
  readonly issuedAt: number;
}

/** Signs and reads the token in the session cookie. It names a session; whether that one lives says the store. */
export class SessionTokens {
  /** @param keys the signing key in force, then those that still verify */
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: readonly [Buffer, ...Buffer[]],
    private readonly now: Clock = steadyNow,
  ) {}

  sign(sessionId: string, userId: string): string {
    const iat = Math.floor(this.now() / 1_000);
    const payload = { iat, exp: iat + SESSION_MS / 1_000, iss: ISSUER, aud: AUDIENCE, sub: userId, jti: sessionId };
    return this.jwt.sign(payload, { secret: this.keys[0], algorithm: ALGORITHM });
  }

  /** @returns undefined for a token that is forged, expired, or made for something else */
  verify(token: string): SessionClaims | undefined {
    for (const secret of this.keys) {
      const claims = this.verifyWith(secret, token);
      if (claims) return claims;
    }
    return undefined;
  }

  /** Whether a token is old enough to be replaced, so that not every call writes. */
  isDueForRenewal({ issuedAt }: SessionClaims): boolean {
    return this.now() - issuedAt >= RENEW_AFTER_MS;
  }

  private verifyWith(secret: Buffer, token: string): SessionClaims | undefined {
    try {
      const { jti, sub, iat } = this.jwt.verify<{ jti?: unknown; sub?: unknown; iat?: unknown }>(token, {
        secret,
        // Pinned: a token may not choose how it is verified.
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTimestamp: Math.floor(this.now() / 1_000),
      });
      if (typeof jti !== 'string' || typeof sub !== 'string' || typeof iat !== 'number') return undefined;
      return { sessionId: jti, userId: sub, issuedAt: iat * 1_000 };
    } catch {
      // Why a token is no good is nobody's business: it is no token of ours.
      return undefined;
    }
  }
}
