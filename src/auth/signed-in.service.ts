import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Caller } from '../http/caller.js';
import type { UserEntity } from '../storage/entities/user.entity.js';
import { InvalidApiKeyError } from './auth-errors.js';
import { assertOwnPage } from './cross-site.js';
import { budgetsOf } from './key-mapping.js';
import { People } from './people.service.js';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionTokens, type SessionClaims } from './session-tokens.js';
import { Sessions } from './sessions.service.js';

/** The session cookie was not good, or is not any more. */
export class SessionEndedError extends InvalidApiKeyError {
  constructor() {
    super('Your session has ended. Sign in again.');
  }
}

/** A person behind a live session. */
export interface SignedIn {
  readonly user: UserEntity;
  readonly claims: SessionClaims;
}

/** Reads who is signed in from the session cookie. */
@Injectable()
export class SignedInPeople {
  private readonly logger = new Logger('sessions');

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly people: People,
  ) {}

  /** Whether the request has a session cookie at all, good or not; without sign-in there are none. */
  hasCookie(request: IncomingMessage): boolean {
    return this.config.google !== undefined && readSessionCookie(request, this.config) !== undefined;
  }

  /**
   * The caller of a request that comes with a session cookie and without a key. Synchronous for those who called
   * lately.
   * @throws {SessionEndedError} for a cookie without a live session; the cookie is taken away
   * @throws {CrossSiteRefusedError} for a write from a page that is not ours
   */
  callerOf(request: IncomingMessage, response: ServerResponse): Caller | Promise<Caller> {
    const claims = this.claimsOf(request);
    const cached = claims && this.cached(claims);
    if (cached) return this.admit(cached, request);
    return this.load(claims).then((found) => {
      if (found) return this.admit(found, request);
      clearSessionCookie(request, response, this.config);
      throw new SessionEndedError();
    });
  }

  /** @returns undefined without a live session; throws nothing on the way of a request that may be anonymous */
  find(request: IncomingMessage): Promise<SignedIn | undefined> {
    return this.load(this.claimsOf(request));
  }

  /** Moves the end of a session on while it is used: the cookie gets a new token now and then. */
  async renew(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const claims = this.claimsOf(request);
    if (!claims || !this.tokens.isDueForRenewal(claims)) return;
    try {
      await this.sessions.extend(claims.sessionId);
      setSessionCookie(request, response, this.config, this.tokens.sign(claims.sessionId, claims.userId));
    } catch (error) {
      // The session lives on as it is; the next call tries again.
      this.logger.warn({ event: 'session_not_renewed', error: error instanceof Error ? error.name : 'unknown' });
    }
  }

  callerOfUser(user: UserEntity): Caller {
    return {
      kind: 'person',
      keyId: user.id,
      maskedKey: user.email,
      name: user.name ?? user.email,
      userId: user.id,
      isAdmin: this.isAdmin(user),
      budgets: budgetsOf(user.id, user.budgetNanoUsd, user.budgetPeriod ?? 'month'),
    };
  }

  /** Read from the configuration at every call: who is taken off the list is an administrator no more. */
  isAdmin(user: UserEntity): boolean {
    return this.config.adminEmails.includes(user.email);
  }

  private admit(person: SignedIn, request: IncomingMessage): Caller {
    assertOwnPage(request, this.config);
    this.people.lastSeen.note(person.user.id);
    return this.callerOfUser(person.user);
  }

  private claimsOf(request: IncomingMessage): SessionClaims | undefined {
    if (this.config.google === undefined) return undefined;
    const token = readSessionCookie(request, this.config);
    return token === undefined ? undefined : this.tokens.verify(token);
  }

  private cached(claims: SessionClaims): SignedIn | undefined {
    const session = this.sessions.cached(claims.sessionId);
    return session && this.ifEnabled(claims, session.userId, this.people.cached(session.userId));
  }

  private async load(claims: SessionClaims | undefined): Promise<SignedIn | undefined> {
    const session = claims && (await this.sessions.find(claims.sessionId));
    if (!claims || !session) return undefined;
    return this.ifEnabled(claims, session.userId, await this.people.find(session.userId));
  }

  private ifEnabled(claims: SessionClaims, userId: string, user: UserEntity | undefined): SignedIn | undefined {
    return user && user.disabledAt === null && claims.userId === userId ? { user, claims } : undefined;
  }
}
