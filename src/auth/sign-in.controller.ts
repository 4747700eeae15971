import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res, UseGuards, UsePipes } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { GATEWAY_CONFIG } from '../config/config.module.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { Access } from '../http/access.decorator.js';
import { ApiValidationPipe } from '../http/api-validation.pipe.js';
import { contextOf } from '../http/request-context.js';
import { assertOwnPage } from './cross-site.js';
import { LogoutDto } from './dto/logout.dto.js';
import { GoogleAuthGuard, SignInOffError, type CallbackRequest, type SignInOutcome } from './google-auth.guard.js';
import { People } from './people.service.js';
import { dashboardUrl } from './public-address.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { SessionTokens } from './session-tokens.js';
import { Sessions } from './sessions.service.js';
import { SignedInPeople } from './signed-in.service.js';

/** Signing in and out. */
@ApiTags('Sign-in')
@Controller('auth')
@Access('public')
@UsePipes(ApiValidationPipe)
export class SignInController {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly tokens: SessionTokens,
    private readonly signedIn: SignedInPeople,
  ) {}

  @Get('google')
  @UseGuards(GoogleAuthGuard)
  @ApiOperation({ summary: 'Begin signing in: leads to the identity provider. `?next=` is a path of the dashboard.' })
  begin(): void {
    // The guard has answered with the redirect.
  }

  @Get('callback')
  @UseGuards(GoogleAuthGuard)
  @ApiOperation({ summary: 'Where the identity provider sends the browser back to.' })
  async finish(@Req() request: CallbackRequest, @Res() response: Response): Promise<void> {
    const target = await this.welcome(request.signIn, request, response);
    response.set(contextOf(request).responseHeaders).redirect(302, target);
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End this session, or with `everywhere` all sessions of the person.' })
  async logout(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body() { everywhere }: LogoutDto,
  ): Promise<void> {
    if (this.config.google === undefined) throw new SignInOffError();
    const person = await this.signedIn.find(request);
    if (person) {
      assertOwnPage(request, this.config);
      if (everywhere === true) await this.sessions.endAllOf(person.user.id);
      else await this.sessions.end(person.claims.sessionId);
    }
    clearSessionCookie(request, response, this.config);
  }

  /** Begins a session for whoever came, and says where the browser goes next. */
  private async welcome(outcome: SignInOutcome, request: Request, response: Response): Promise<string> {
    if ('failure' in outcome) return this.signInPage(outcome.failure);
    const user = await this.people.recognise(outcome.identity);
    if (user.disabledAt !== null) return this.signInPage('disabled');
    // A session that was there before is not taken over: nobody can prepare one for somebody else.
    const former = await this.signedIn.find(request);
    if (former) await this.sessions.end(former.claims.sessionId);
    const session = await this.sessions.start(user.id);
    setSessionCookie(request, response, this.config, this.tokens.sign(session.id, user.id));
    return dashboardUrl(outcome.next, this.config);
  }

  private signInPage(failure: string): string {
    return dashboardUrl(`/sign-in?error=${failure}`, this.config);
  }
}
