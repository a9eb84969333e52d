import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  changePassword,
  confirmSecondFactor,
  endOtherSessions,
  endSession,
  needsSecondFactor,
  offerSecondFactor,
  ownAccount,
  replaceRecoveryCodes,
  requireFreshProof,
  secondFactorState,
  sessionsOf,
  setOwnEmail,
  takeSecondFactorAway,
  type AccessErrorCode,
  type Account,
} from '#libs/access';
import { DomainError, type Actor } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import type { ActingRequest } from '../shell/access.guard.js';
import { sessionIdOf } from './own-session.js';
import {
  CodeDto,
  OwnEmailDto,
  OwnSecurityDto,
  OwnSessionListDto,
  PasswordChangeDto,
  ProofDto,
  RecoveryCodesDto,
  SecondFactorOfferDto,
} from './sign-in.dto.js';

/** What protects one's own account. None of it is for programs: their tokens never carry `self.manage`. */
@ApiTags('own account')
@Controller('own-account')
export class OwnSecurityController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('security')
  @Needs('self.manage')
  async look(@Acting() actor: Actor): Promise<OwnSecurityDto> {
    const account = await ownAccount(this.db, actor);
    const { since, recoveryCodesLeft } = await secondFactorState(this.db, account.id);
    return {
      secondFactorSince: since?.toISOString() ?? null,
      secondFactorRequired: needsSecondFactor(this.config, account),
      recoveryCodesLeft,
      hasPassword: account.passwordHash !== null,
      fixed: account.isDemonstration,
      email: account.email,
    };
  }

  /** Where one's notices are sent by mail. */
  @Put('email')
  @Needs('self.manage')
  @HttpCode(204)
  async setEmail(@Body() { email }: OwnEmailDto, @Acting() actor: Actor): Promise<void> {
    await setOwnEmail(this.db, actor, email);
  }

  /** Another password; all other sessions end. */
  @Put('password')
  @Needs('self.manage')
  @HoldsSecrets()
  @HttpCode(204)
  async changePassword(
    @Body() given: PasswordChangeDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<void> {
    await changePassword(this.db, this.config, actor, sessionIdOf(request), given);
  }

  /** A secret for an authenticator app; the present second factor counts until a code confirms the new one. */
  @Post('second-factor/offer')
  @Needs('self.manage')
  @HoldsSecrets()
  async offer(
    @Body() { password }: ProofDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<SecondFactorOfferDto> {
    return offerSecondFactor(this.db, this.config, await this.proven(actor, request, password));
  }

  /** Confirms the offered secret with a code; all other sessions end. */
  @Post('second-factor')
  @Needs('self.manage')
  @HoldsSecrets()
  async confirm(
    @Body() { code }: CodeDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<RecoveryCodesDto> {
    const account = await ownAccount(this.db, actor);
    const sessionId = sessionIdOf(request);
    return { recoveryCodes: await confirmSecondFactor(this.db, this.config, actor, account, sessionId, code) };
  }

  /** Takes the second factor away, where the role does not demand one; all other sessions end. */
  @Post('second-factor/removal')
  @Needs('self.manage')
  @HoldsSecrets()
  @HttpCode(204)
  async remove(@Body() { password }: ProofDto, @Acting() actor: Actor, @Req() request: ActingRequest): Promise<void> {
    const account = await this.proven(actor, request, password);
    await takeSecondFactorAway(this.db, this.config, actor, account, sessionIdOf(request));
  }

  /** Ten other recovery codes; the earlier ones are void. */
  @Post('recovery-codes')
  @Needs('self.manage')
  @HoldsSecrets()
  async recoveryCodes(
    @Body() { password }: ProofDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<RecoveryCodesDto> {
    const account = await this.proven(actor, request, password);
    return { recoveryCodes: await replaceRecoveryCodes(this.db, actor, account) };
  }

  @Get('sessions')
  @Needs('self.manage')
  async sessions(@Acting() actor: Actor, @Req() request: ActingRequest): Promise<OwnSessionListDto> {
    const sessions = await sessionsOf(this.db, actor, this.config);
    return {
      items: sessions.map(({ id, createdAt, seenAt, expiresAt, address, userAgent }) => ({
        id,
        current: id === request.session?.sessionId,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address,
        userAgent,
      })),
    };
  }

  /** Ends one of one's own sessions. */
  @Post('sessions/:id/end')
  @Needs('self.manage')
  @HoldsSecrets()
  @HttpCode(204)
  async endOne(
    @Param('id') id: string,
    @Body() { password }: ProofDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<void> {
    await this.proven(actor, request, password);
    await endSession(this.db, actor, sessionNumber(id));
  }

  /** Ends all one's sessions but the one that asks. */
  @Post('sessions/end-others')
  @Needs('self.manage')
  @HoldsSecrets()
  @HttpCode(204)
  async endOthers(
    @Body() { password }: ProofDto,
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
  ): Promise<void> {
    await this.proven(actor, request, password);
    await endOtherSessions(this.db, actor, sessionIdOf(request));
  }

  private async proven(actor: Actor, request: ActingRequest, password: string | undefined): Promise<Account> {
    const account = await ownAccount(this.db, actor);
    await requireFreshProof(this.db, this.config, actor, account, sessionIdOf(request), password);
    return account;
  }
}

function sessionNumber(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new DomainError<AccessErrorCode>('session-unknown');
  return Number(text);
}
