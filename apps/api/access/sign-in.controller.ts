import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  lookAtLink,
  offerFirstSecondFactor,
  proveSecondFactor,
  redeemLink,
  setUpSecondFactor,
  signIn,
  signOut,
  type OpenedSession,
  type PendingSession,
} from '#libs/access';
import type { Actor } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import {
  Acting,
  AllowEveryone,
  HoldsSecrets,
  NeedsPendingSignIn,
  NeedsSignIn,
  Pending,
} from '../shell/access.decorators.js';
import type { ActingRequest } from '../shell/access.guard.js';
import { clearSessionCookie, sessionSecret, setSessionCookie } from '../shell/session-cookie.js';
import { SessionDto } from './access.dto.js';
import { openedView, sessionView, stillNeeded } from './session-view.js';
import {
  CodeDto,
  FirstSecondFactorDto,
  LinkDto,
  LinkSecretDto,
  OpenedSessionDto,
  PendingSessionDto,
  RedemptionDto,
  SecondFactorOfferDto,
  SignInDto,
} from './sign-in.dto.js';
import { visitOf } from './visit.js';

@ApiTags('signing in')
@Controller()
export class SignInController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Signs in with name and password. Approvers and administrators go on with a second factor. */
  @Post('sessions')
  @AllowEveryone()
  @HoldsSecrets()
  async open(
    @Body() given: SignInDto,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedSessionDto> {
    return this.opened(await signIn(this.db, this.config, given, visitOf(this.config, request)), reply);
  }

  @Get('sessions/current')
  @NeedsSignIn()
  async current(@Acting() actor: Actor, @Req() request: ActingRequest): Promise<SessionDto> {
    // A bearer token has no session: it needs no CSRF token and says so with an empty one.
    return sessionView(this.db, actor, request.session ?? { csrfToken: '', expiresAt: new Date(0) });
  }

  @Delete('sessions/current')
  @NeedsSignIn()
  @HttpCode(204)
  async end(
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const secret = sessionSecret(this.config, request);
    if (secret) await signOut(this.db, actor, secret);
    clearSessionCookie(this.config, reply);
  }

  /** What a sign-in that is not complete still needs. */
  @Get('sessions/pending')
  @NeedsPendingSignIn()
  pending(@Pending() { account, session }: PendingSession): PendingSessionDto {
    return {
      secondFactor: stillNeeded(session.stage) as PendingSessionDto['secondFactor'],
      username: account.username,
      displayName: account.displayName,
      csrfToken: session.csrfToken,
      expiresAt: session.expiresAt.toISOString(),
    };
  }

  /** The code that completes a sign-in. The cookie and the CSRF token are others afterwards. */
  @Post('sessions/current/second-factor')
  @NeedsPendingSignIn()
  @HoldsSecrets()
  async prove(
    @Body() { code }: CodeDto,
    @Pending() pending: PendingSession,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedSessionDto> {
    const visit = visitOf(this.config, request);
    return this.opened(await proveSecondFactor(this.db, this.config, pending, code, visit), reply);
  }

  /** A secret for the authenticator app of somebody whose role needs one and who has none yet. */
  @Post('sessions/current/second-factor/offer')
  @NeedsPendingSignIn()
  @HoldsSecrets()
  async offer(@Pending() pending: PendingSession): Promise<SecondFactorOfferDto> {
    return offerFirstSecondFactor(this.db, this.config, pending);
  }

  /** The first code confirms the secret and completes the sign-in. */
  @Post('sessions/current/second-factor/setup')
  @NeedsPendingSignIn()
  @HoldsSecrets()
  async setUp(
    @Body() { code }: CodeDto,
    @Pending() pending: PendingSession,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FirstSecondFactorDto> {
    const visit = visitOf(this.config, request);
    const { opened, recoveryCodes } = await setUpSecondFactor(this.db, this.config, pending, code, visit);
    setSessionCookie(this.config, reply, opened.secret, opened.expiresAt);
    return { session: await sessionView(this.db, opened.actor, opened), recoveryCodes };
  }

  /** Whose password a link sets. The secret comes in the body: addresses end up in logs. */
  @Post('links/look')
  @AllowEveryone()
  @HoldsSecrets()
  @HttpCode(200)
  async look(@Body() { secret }: LinkSecretDto): Promise<LinkDto> {
    const { link, account } = await lookAtLink(this.db, secret);
    const { username, displayName } = account;
    return { purpose: link.purpose, username, displayName, expiresAt: link.expiresAt.toISOString() };
  }

  /** Sets the password with a link, once, and signs in as far as a password goes. */
  @Post('links/redemption')
  @AllowEveryone()
  @HoldsSecrets()
  async redeem(
    @Body() given: RedemptionDto,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpenedSessionDto> {
    return this.opened(await redeemLink(this.db, this.config, given, visitOf(this.config, request)), reply);
  }

  private async opened(opened: OpenedSession, reply: FastifyReply): Promise<OpenedSessionDto> {
    setSessionCookie(this.config, reply, opened.secret, opened.expiresAt);
    return openedView(this.db, opened);
  }
}
