import { GatewayError } from '../http/gateway-error.js';

const AUTHENTICATION = {
  status: 401,
  type: 'authentication_error',
  headers: { 'WWW-Authenticate': 'Bearer' },
} as const;

/** No key, a key that nobody issued, or one that opens nothing here. */
export class InvalidApiKeyError extends GatewayError {
  constructor(
    message = 'This gateway does not know that key. Send a key that it issued, as Authorization: Bearer gw-….',
  ) {
    super({ ...AUTHENTICATION, code: 'invalid_api_key', message });
  }
}

export class KeyExpiredError extends GatewayError {
  constructor(expiredAt: Date) {
    const message = `This key expired at ${expiredAt.toISOString()}. Ask its owner or an administrator for a new one.`;
    super({ ...AUTHENTICATION, code: 'key_expired', message });
  }
}

export class KeyDisabledError extends GatewayError {
  constructor() {
    super({
      ...AUTHENTICATION,
      code: 'key_disabled',
      message: 'This key is switched off. An administrator can switch it on again.',
    });
  }
}

export class AmbiguousCredentialsError extends GatewayError {
  constructor() {
    const message = 'Two different credentials came with this call. Send one, in one header.';
    super({ status: 400, type: 'invalid_request_error', code: 'ambiguous_credentials', message });
  }
}

/** The caller is known, and this is an administrator's function. */
export class AdminOnlyError extends GatewayError {
  constructor() {
    super({ status: 403, type: 'permission_error', code: 'admin_only', message: 'Only an administrator may do this.' });
  }
}

/** The caller is known, and this belongs to signed-in people: a key has no saved credentials, for one. */
export class PersonOnlyError extends GatewayError {
  constructor() {
    const message = 'Only a signed-in person may do this. Sign in at the dashboard.';
    super({ status: 403, type: 'permission_error', code: 'person_only', message });
  }
}

/** A page of another site tried to write with the visitor's cookie. */
export class CrossSiteRefusedError extends GatewayError {
  constructor() {
    const message =
      'This write came from a page of another site. Writes with a session cookie need an Origin or Sec-Fetch-Site of the gateway.';
    super({ status: 403, type: 'permission_error', code: 'cross_site_refused', message });
  }
}

/** More requests than the window allows. */
export class RateLimitExceededError extends GatewayError {
  constructor(limit: number, retryAfterMs: number) {
    const message = `All ${limit} requests a minute are used up. Free again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    super({ status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', message, retryAfterMs });
  }
}

/** An address has failed to authenticate too often: unknown keys from there are not looked at for a while. */
export class AuthenticationFloodError extends GatewayError {
  constructor(retryAfterMs: number) {
    const message = `Too many unknown keys came from this address. Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    super({ status: 429, type: 'rate_limit_error', code: 'rate_limit_exceeded', message, retryAfterMs });
  }
}

/** The store cannot say who this is: never a 401, for the credential may be good. */
export class IdentityUnavailableError extends GatewayError {
  constructor(cause: unknown) {
    const message = 'The gateway cannot read its store at the moment. Try again shortly.';
    super({ status: 503, type: 'overloaded_error', code: 'storage_unavailable', message, retryAfterMs: 1_000, cause });
  }
}
