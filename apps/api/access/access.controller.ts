import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Account, signIn, signOut } from '#libs/access';
import { permissionsOf, type Actor, type Role } from '#libs/kernel';
import { InspectionTeam, Unit } from '#libs/organisation';
import { businessDate, CONFIG, instanceSetting, type Config } from '#libs/platform';
import { Acting, AllowEveryone, NeedsSignIn } from '../shell/access.decorators.js';
import { originOf, SESSION_COOKIE, type ActingRequest } from '../shell/access.guard.js';
import { InstanceDto, SessionDto, SignInDto } from './access.dto.js';

@ApiTags('access')
@Controller()
export class AccessController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('instance')
  @AllowEveryone()
  async instance(): Promise<InstanceDto> {
    const setting = await instanceSetting(this.db);
    const accounts = await this.db.manager.find(Account, { where: { isDemonstration: true }, order: { id: 'ASC' } });
    return {
      productName: 'Theo dõi giải ngân',
      provinceName: setting.provinceName,
      illustrative: setting.illustrative,
      businessDate: await businessDate(this.db),
      demonstrationAccounts:
        this.config.environment === 'production'
          ? []
          : accounts.map(({ username, displayName, role }) => ({ username, displayName, role })),
    };
  }

  @Post('sessions')
  @AllowEveryone()
  async open(
    @Body() given: SignInDto,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const opened = await signIn(this.db, given, this.config.sessionHours, originOf(request));
    const { secureCookie, environment } = this.config;
    void reply.setCookie(SESSION_COOKIE, opened.secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: secureCookie === 'on' || (secureCookie === 'auto' && environment === 'production'),
      expires: opened.expiresAt,
    });
    return this.describe(opened.actor, opened);
  }

  @Get('sessions/current')
  @NeedsSignIn()
  async current(@Acting() actor: Actor, @Req() request: ActingRequest): Promise<SessionDto> {
    // A bearer token has no session: it needs no CSRF token and says so with an empty one.
    return this.describe(actor, request.session ?? { csrfToken: '', expiresAt: new Date(0) });
  }

  @Delete('sessions/current')
  @NeedsSignIn()
  @HttpCode(204)
  async end(
    @Acting() actor: Actor,
    @Req() request: ActingRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const cookie = request.cookies[SESSION_COOKIE];
    if (cookie) await signOut(this.db, actor, cookie);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  private async describe(actor: Actor, session: { csrfToken: string; expiresAt: Date }): Promise<SessionDto> {
    const own = actor.role === 'reporter' && actor.units !== 'all' ? actor.units : [];
    const units = await this.db.manager
      .createQueryBuilder(Unit, 'unit')
      .where('unit.code = ANY(:own)', { own: [...own] })
      .getMany();
    const team = actor.teams[0] ? await this.db.manager.findOneBy(InspectionTeam, { code: actor.teams[0] }) : null;
    return {
      username: actor.username,
      displayName: actor.displayName,
      role: actor.role as Role,
      permissions: permissionsOf(actor),
      units: units.map(({ code, name }) => ({ code, name })),
      team: team && { code: team.code, name: team.name },
      csrfToken: session.csrfToken,
      expiresAt: session.expiresAt.toISOString(),
    };
  }
}
