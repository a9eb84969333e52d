import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  Account,
  changeAccess,
  enableAccount,
  endSessionsOf,
  findAccount,
  inviteAccount,
  listAccounts,
  listTokens,
  orderLink,
  renameAccount,
  revokeToken,
  type AccessErrorCode,
  type AccountErrorCode,
} from '#libs/access';
import { DomainError, type Actor } from '#libs/kernel';
import { InspectionTeam } from '#libs/organisation';
import { leaveOffice, openWorkOf } from '#libs/leavers';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import { refusal } from '../shell/refusal.js';
import { accountRow, openWorkView, outcomeView, tokenView } from './account-view.js';
import {
  AccessDto,
  AccountDto,
  AccountListDto,
  AccountNameDto,
  AccountNoteDto,
  AccountQueryDto,
  AdministrationDto,
  InvitationDto,
  LeavingDto,
  OpenWorkDto,
} from './account.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('accounts.read')
  async list(@Query() query: AccountQueryDto): Promise<AccountListDto> {
    const limit = query.limit ?? ROWS;
    const after = keyOfKeyCursor<[string, number]>(query.cursor, ['text', 'number']);
    const { items, total } = await listAccounts(this.db, {
      search: query.search?.trim() || undefined,
      role: query.role,
      state: query.state,
      after: after && { displayName: after[0], id: after[1] },
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(accountRow),
      teams: (await this.db.manager.find(InspectionTeam, { order: { name: 'ASC', code: 'ASC' } })).map(
        ({ code, name }) => ({ code, name }),
      ),
      nextCursor: items.length > limit && last ? cursorAfterKey([last.displayName, last.id]) : null,
      total,
    };
  }

  @Get(':id')
  @Needs('accounts.read')
  async find(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountDto> {
    return this.describe(accountId(id), reply);
  }

  /** What only this person has in hand: read before disabling. */
  @Get(':id/open-work')
  @Needs('accounts.read')
  async openWork(@Param('id') id: string): Promise<OpenWorkDto> {
    const account = await this.db.manager.findOneBy(Account, { id: accountId(id) });
    if (!account) throw new DomainError<AccessErrorCode>('account-unknown', { username: id });
    return openWorkView(await openWorkOf(this.db, account));
  }

  /** Asks for an account; the link comes to the one who carries it out. */
  @Post()
  @Needs('accounts.manage')
  @HoldsSecrets()
  async invite(@Acting() actor: Actor, @Body() given: InvitationDto): Promise<AdministrationDto> {
    const { units = [], teams = [], note = '', ...rest } = given;
    return outcomeView(this.db, actor, await inviteAccount(this.db, actor, { ...rest, units, teams, note }));
  }

  @Patch(':id')
  @Needs('accounts.manage')
  async rename(
    @Acting() actor: Actor,
    @Param('id') text: string,
    @Body() { displayName }: AccountNameDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<AccountDto> {
    const instant = /^"(\d{1,15})"$/.exec(seen ?? '');
    if (!instant) throw refusal('if-match-missing');
    const { id } = await renameAccount(this.db, actor, accountId(text), displayName, new Date(Number(instant[1])));
    return this.describe(id, reply);
  }

  /** Role and rows. Taking rows away is done at once; anything else waits for a second person. */
  @Put(':id/access')
  @Needs('accounts.manage')
  async changeAccess(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { role, units = [], teams = [], note = '' }: AccessDto,
  ): Promise<AdministrationDto> {
    const outcome = await changeAccess(this.db, actor, accountId(id), { role, units, teams }, note);
    return outcomeView(this.db, actor, outcome);
  }

  /** A new link for setting a password; for administrators and approvers by two people. */
  @Post(':id/link')
  @HttpCode(200)
  @Needs('accounts.manage')
  @HoldsSecrets()
  async link(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { note = '' }: AccountNoteDto,
  ): Promise<AdministrationDto> {
    return outcomeView(this.db, actor, await orderLink(this.db, actor, accountId(id), note));
  }

  /** At once and by one person; what is open goes to the successor. */
  @Post(':id/disable')
  @HttpCode(200)
  @Needs('accounts.manage')
  async disable(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { successorId, note = '' }: LeavingDto,
  ): Promise<AdministrationDto> {
    const { account, request } = await leaveOffice(this.db, actor, accountId(id), {
      successorId: successorId ?? null,
      note,
    });
    return outcomeView(this.db, actor, { account, request, link: null });
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Needs('accounts.manage')
  async enable(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { note = '' }: AccountNoteDto,
  ): Promise<AdministrationDto> {
    return outcomeView(this.db, actor, await enableAccount(this.db, actor, accountId(id), note));
  }

  /** Signs a person out everywhere, at once. */
  @Post(':id/sessions/end')
  @HttpCode(204)
  @Needs('accounts.manage')
  async endSessions(@Acting() actor: Actor, @Param('id') id: string): Promise<void> {
    await endSessionsOf(this.db, actor, accountId(id));
  }

  @Delete(':id/tokens/:tokenId')
  @HttpCode(204)
  @Needs('accounts.manage')
  async revokeToken(@Acting() actor: Actor, @Param('id') id: string, @Param('tokenId') token: string): Promise<void> {
    await revokeToken(this.db, actor, accountId(id), tokenId(token));
  }

  private async describe(id: number, reply: FastifyReply): Promise<AccountDto> {
    const account = await findAccount(this.db, id);
    void reply.header('etag', `"${account.updatedAt.getTime()}"`);
    return { ...accountRow(account), tokenList: (await listTokens(this.db, id)).map(tokenView) };
  }
}

/** An id that cannot be one names no account. */
function accountId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<AccessErrorCode>('account-unknown', { username: text.slice(0, 64) });
  return id;
}

export function tokenId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<AccountErrorCode>('token-unknown', { token: text.slice(0, 64) });
  return id;
}
