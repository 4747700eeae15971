import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '../config/gateway-config.js';
import { contextOf } from '../http/request-context.js';
import { nextPathOf } from './next-path.js';
import { isHttps } from './own-origin.js';
import { open, seal } from './sealed-box.js';
import type { SecretService } from './secret.service.js';
import { steadyNow, type Clock } from './steady-clock.js';

const PLAIN_NAME = 'ai_gateway_sign_in';
const HTTPS_NAME = `__Host-${PLAIN_NAME}`;
const LIFE_MS = 10 * 60 * 1_000;
const MAX_USED = 10_000;
const HANDLE_BYTES = 24;

/** What a sign-in that is under way needs to know when the browser comes back. */
interface Pending {
  readonly handle: string;
  readonly verifier: string;
  readonly next: string;
  readonly expiresAt: number;
}

/** Handed on to the end of the sign-in. */
export interface SignInState {
  readonly next: string;
}

type Stored = (error: Error | null, state?: string) => void;
type Verified = (
  error: Error | null,
  verifierOrFalse: string | false,
  state?: SignInState | { message: string },
) => void;

/**
 * Keeps `state` and the PKCE verifier of a sign-in in the browser that began it, sealed: another browser's callback
 * has no such cookie, and nobody can read or make one. Each is good for ten minutes and for one callback.
 */
export class SignInStateStore {
  private readonly used = new LRUCache<string, true>({ max: MAX_USED });

  constructor(
    private readonly config: GatewayConfig,
    private readonly secrets: SecretService,
    private readonly now: Clock = steadyNow,
  ) {}

  // passport-oauth2 counts the parameters to know what to pass: exactly five here, and four below.
  store(request: IncomingMessage, verifier: string, _state: unknown, _meta: unknown, done: Stored): void {
    const handle = randomBytes(HANDLE_BYTES).toString('base64url');
    const pending: Pending = { handle, verifier, next: nextPathOf(request), expiresAt: this.now() + LIFE_MS };
    this.setCookie(request, seal(this.secrets.key('sign-in-state'), JSON.stringify(pending), PLAIN_NAME), LIFE_MS);
    done(null, handle);
  }

  verify(request: IncomingMessage, state: unknown, _meta: unknown, done: Verified): void {
    const pending = this.read(request);
    this.setCookie(request, '', 0);
    const isGood =
      pending !== undefined &&
      typeof state === 'string' &&
      isEqual(pending.handle, state) &&
      pending.expiresAt > this.now() &&
      !this.used.has(pending.handle);
    if (!isGood) {
      done(null, false, { message: 'state_invalid' });
      return;
    }
    this.used.set(pending.handle, true);
    done(null, pending.verifier, { next: pending.next });
  }

  /** Where the browser wanted to go, for a sign-in that ends without a good `state`. */
  clear(request: IncomingMessage): void {
    this.setCookie(request, '', 0);
  }

  private read(request: IncomingMessage): Pending | undefined {
    const sealed = parseCookie(request.headers.cookie ?? '')[this.cookieName(request)];
    const opened = sealed === undefined ? undefined : open(this.secrets.keys('sign-in-state'), sealed, PLAIN_NAME);
    // Only we can have sealed it, so its shape is ours.
    return opened && (JSON.parse(opened.text) as Pending);
  }

  private cookieName(request: IncomingMessage): string {
    return isHttps(request, this.config) ? HTTPS_NAME : PLAIN_NAME;
  }

  private setCookie(request: IncomingMessage, value: string, lifeMs: number): void {
    const secure = isHttps(request, this.config);
    const name = this.cookieName(request);
    // `__Host-` demands the whole site as its path.
    const path = secure ? '/' : '/auth';
    const cookie = { name, value, maxAge: lifeMs / 1_000, path, httpOnly: true, sameSite: 'lax', secure } as const;
    contextOf(request).response.appendHeader('Set-Cookie', stringifySetCookie(cookie));
  }
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
