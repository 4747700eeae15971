/** Why a sign-in failed, as the dashboard's `/sign-in?error=` names it. */
export type SignInFailureCode =
  'access_denied' | 'email_unverified' | 'domain_not_allowed' | 'state_invalid' | 'provider_failed' | 'disabled';

export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  constructor(
    readonly code: SignInFailureCode,
    cause?: unknown,
  ) {
    super(code, cause === undefined ? undefined : { cause });
  }
}
