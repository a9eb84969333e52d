import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { addToken, grantableTo, listTokens, MOST_TOKEN_DAYS, revokeToken } from '#libs/access';
import type { Actor } from '#libs/kernel';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import { tokenView } from './account-view.js';
import { tokenId } from './accounts.controller.js';
import { asPermissions, MadeTokenDto, NewTokenDto, TokenListDto } from './token.dto.js';

/** One's own tokens for programs. A token itself may not come here. */
@ApiTags('accounts')
@Controller('tokens')
export class TokensController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('self.manage')
  async list(@Acting() actor: Actor): Promise<TokenListDto> {
    const tokens = await listTokens(this.db, actor.accountId ?? 0);
    return { items: tokens.map(tokenView), grantable: grantableTo(actor), mostDays: MOST_TOKEN_DAYS };
  }

  @Post()
  @Needs('self.manage')
  @HoldsSecrets()
  async make(@Acting() actor: Actor, @Body() { name, permissions, days }: NewTokenDto): Promise<MadeTokenDto> {
    const { username } = actor;
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
