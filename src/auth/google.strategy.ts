import { randomUUID } from 'node:crypto';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy, type GoogleCallbackParameters, type Profile } from 'passport-google-oauth20';
import type { GatewayConfig, GoogleConfig } from '../config/gateway-config.js';
import { identityOf } from './google-identity.js';
import { IdentityProviderClient } from './identity-provider.client.js';
import type { Identity } from './people.service.js';
import type { SignInStateStore } from './sign-in-state.store.js';

type Done<Values extends unknown[]> = (error: unknown, ...values: Values) => void;

/** Arity of passport's callback that also gets the token endpoint's answer, and with it the ID token. */
const WITH_TOKEN_ANSWER = 5;

/** Sign-in with Google, or another identity provider of the same protocol. */
export class GoogleStrategy extends PassportStrategy(Strategy, 'google', WITH_TOKEN_ANSWER) {
  /** Passport's registry is one for the whole process; two gateways in it must not take each other's strategy. */
  readonly registeredName = `google:${randomUUID()}`;
  private readonly provider: IdentityProviderClient;

  constructor(
    private readonly google: GoogleConfig,
    private readonly config: GatewayConfig,
    states: SignInStateStore,
  ) {
    super({
      clientID: google.clientId,
      clientSecret: google.clientSecret.reveal(),
      scope: ['openid', 'email', 'profile'],
      authorizationURL: google.authorizationUrl,
      tokenURL: google.tokenUrl,
      state: true,
      pkce: true,
      // The typings know the store only without PKCE.
      store: states as never,
    });
    this.provider = new IdentityProviderClient(google);
    this._oauth2.getOAuthAccessToken = this.tradeCode.bind(this) as never;
    passport.use(this.registeredName, this);
  }

  /** Passport calls this for the person's data. */
  override userProfile(accessToken: string, done: Done<[{ _json: unknown }?]>): void {
    settle(
      this.provider.userInfo(accessToken).then((info) => ({ _json: info })),
      done,
    );
  }

  /**
   * @returns who came; passport waits for it
   * @throws {SignInFailure}
   */
  validate(_access: string, _refresh: string, parameters: GoogleCallbackParameters, profile: Profile): Identity {
    return identityOf(profile._json, parameters.id_token, this.google, this.config);
  }

  onModuleDestroy(): void {
    passport.unuse(this.registeredName);
  }

  private tradeCode(
    code: string,
    parameters: Record<string, string>,
    done: (error: unknown, accessToken?: string, refreshToken?: string, answer?: object) => void,
  ): void {
    settle(this.provider.token(code, parameters), (error, answer) => {
      const accessToken = answer?.access_token;
      if (error) done(error);
      else done(null, typeof accessToken === 'string' ? accessToken : undefined, undefined, answer);
    });
  }
}

/** Passport speaks callbacks. One that throws must end as its error, not as an unhandled rejection. */
function settle<Value>(promise: Promise<Value>, done: Done<[Value?]>): void {
  promise.then((value) => done(null, value)).catch((error: unknown) => done(error));
}
