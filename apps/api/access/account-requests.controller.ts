import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { confirmRequest, listRequests, withdrawRequest, type AccountErrorCode } from '#libs/access';
import { DomainError, type Actor } from '#libs/kernel';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { outcomeView, requestView } from './account-view.js';
import { AccountRequestListDto, AccountRequestQueryDto, AdministrationDto } from './account.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;

/** What one person asked about accounts and another carries out. */
@ApiTags('accounts')
@Controller('account-requests')
export class AccountRequestsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('accounts.confirm')
  async list(@Acting() actor: Actor, @Query() query: AccountRequestQueryDto): Promise<AccountRequestListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, hasSecondPerson } = await listRequests(this.db, actor, {
      state: query.state,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(requestView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      hasSecondPerson,
    };
  }

  /** The second person carries it out; a link for a new password is told here and never again. */
  @Post(':id/confirmation')
  @HttpCode(200)
  @Needs('accounts.confirm')
  @HoldsSecrets()
  async confirm(@Acting() actor: Actor, @Param('id') id: string): Promise<AdministrationDto> {
    return outcomeView(this.db, actor, await confirmRequest(this.db, actor, requestId(id)));
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Needs('accounts.confirm')
  async withdraw(@Acting() actor: Actor, @Param('id') id: string): Promise<AdministrationDto> {
    const request = await withdrawRequest(this.db, actor, requestId(id));
    return outcomeView(this.db, actor, { account: null, request, link: null });
  }
}

/** An id that cannot be one names no request. */
function requestId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<AccountErrorCode>('account-request-unknown', { request: text.slice(0, 64) });
  return id;
}
