import { Inject, Injectable, Logger, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { contextOf } from '../http/request-context.js';
import { NotFoundError } from '../http/request-errors.js';
import { errorCode } from './error-code.js';
import { GoogleStrategy } from './google.strategy.js';
import type { Identity } from './people.service.js';
import { CALLBACK_PATH, callbackUrl } from './public-address.js';
import { SignInFailure, type SignInFailureCode } from './sign-in-failure.js';
import type { SignInState } from './sign-in-state.store.js';

const MAX_LOGGED = 200;

/** How a sign-in ended at the identity provider. */
export type SignInOutcome =
  { readonly identity: Identity; readonly next: string } | { readonly failure: SignInFailureCode };

/** A request on which the guard has left its outcome. */
export type CallbackRequest = Request & { signIn: SignInOutcome };

/** Sign-in is not configured. */
export class SignInOffError extends NotFoundError {
  constructor() {
    super(
      'Sign-in is off here. Set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET to switch it on; docs/sign-in.md says how.',
    );
  }
}

/**
 * Runs passport's dance: sends the browser to the identity provider, and reads what comes back. Whatever went wrong
 * there becomes an outcome, for the browser is to see the dashboard and no error body.
 */
@Injectable()
export class GoogleAuthGuard extends AuthGuard() {
  private readonly logger = new Logger('sign-in');

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GoogleStrategy) strategy: GoogleStrategy | null,
  ) {
    super({ defaultStrategy: strategy?.registeredName ?? 'google' });
  }

  override canActivate(
    execution: ExecutionContext,
  ): ReturnType<InstanceType<ReturnType<typeof AuthGuard>>['canActivate']> {
    if (this.config.google === undefined) throw new SignInOffError();
    const request = execution.switchToHttp().getRequest<CallbackRequest>();
    const isCallback = request.path === CALLBACK_PATH;
    const { code, error } = request.query;
    if (isCallback && !isFilled(code) && !isFilled(error)) {
      // Passport would take this for the beginning of a sign-in.
      request.signIn = { failure: 'state_invalid' };
      return true;
    }
    // Passport writes its redirect itself.
    execution.switchToHttp().getResponse<Response>().set(contextOf(request).responseHeaders);
    return super.canActivate(execution);
  }

  override getAuthenticateOptions(execution: ExecutionContext): Record<string, unknown> {
    const request = execution.switchToHttp().getRequest<Request>();
    const [onlyDomain, ...others] = this.config.allowedDomains;
    return {
      session: false,
      property: 'signIn',
      callbackURL: callbackUrl(request, this.config),
      // Otherwise whoever chose the wrong account is sent back with it again and again.
      prompt: 'select_account',
      ...(onlyDomain !== undefined && others.length === 0 ? { hd: onlyDomain } : {}),
    };
  }

  override handleRequest<Outcome>(
    error: unknown,
    identity: unknown,
    info: unknown,
    execution: ExecutionContext,
  ): Outcome {
    const request = execution.switchToHttp().getRequest<Request>();
    return this.outcomeOf(error, identity as Identity | false, info, request) as Outcome;
  }

  private outcomeOf(error: unknown, identity: Identity | false, info: unknown, request: Request): SignInOutcome {
    if (error instanceof SignInFailure) {
      if (error.code === 'provider_failed') this.warn(error.cause);
      return { failure: error.code };
    }
    if (error) {
      this.warn(error);
      return { failure: 'provider_failed' };
    }
    if (identity) return { identity, next: stateOf(info)?.next ?? '/' };
    return { failure: request.query.error === 'access_denied' ? 'access_denied' : 'state_invalid' };
  }

  private warn(error: unknown): void {
    const reason = reasonOf(error).slice(0, MAX_LOGGED);
    this.logger.warn({ event: 'sign_in_failed', code: errorCode(error), reason });
  }
}

/** What passport wrapped says more than its wrapping. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error;
  if ('oauthError' in error) return reasonOf(error.oauthError);
  if ('cause' in error) return reasonOf(error.cause);
  return 'message' in error ? String(error.message) : '';
}

function isFilled(parameter: unknown): boolean {
  return typeof parameter === 'string' && parameter !== '';
}

function stateOf(info: unknown): SignInState | undefined {
  return (info as { readonly state?: SignInState } | undefined)?.state;
}
