import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  addToken,
  grantableTo,
  listTokens,
  MOST_TOKEN_DAYS,
  ownAccount,
  requireFreshProof,
  revokeToken,
} from '#libs/access';
import type { Actor } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import { tokenView } from './account-view.js';
import type { ActingRequest } from '../shell/access.guard.js';
import { tokenId } from './accounts.controller.js';
import { sessionIdOf } from './own-session.js';
import { asPermissions, MadeTokenDto, NewTokenDto, TokenListDto } from './token.dto.js';

/** One's own tokens for programs. A token itself may not come here. */
@ApiTags('accounts')
@Controller('tokens')
export class TokensController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Needs('self.manage')
  async list(@Acting() actor: Actor): Promise<TokenListDto> {
    const tokens = await listTokens(this.db, actor.accountId ?? 0);
    return { items: tokens.map(tokenView), grantable: grantableTo(actor), mostDays: MOST_TOKEN_DAYS };
  }

  @Post()
  @Needs('self.manage')
  @HoldsSecrets()
  async make(
    @Acting() actor: Actor,
    @Body() { name, permissions, days, password }: NewTokenDto,
    @Req() request: ActingRequest,
  ): Promise<MadeTokenDto> {
    const { username } = actor;
    const account = await ownAccount(this.db, actor);
    // It acts for its owner for as long as a year.
    await requireFreshProof(this.db, this.config, actor, account, sessionIdOf(request), password);
    const made = await addToken(this.db, actor, { username, name, days, permissions: asPermissions(permissions) });
    return { ...made, expiresAt: made.expiresAt.toISOString() };
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('self.manage')
  async revoke(@Acting() actor: Actor, @Param('id') id: string): Promise<void> {
    await revokeToken(this.db, actor, actor.accountId ?? 0, tokenId(id));
  }
}
