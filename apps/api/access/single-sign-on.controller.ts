import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { beginSingleSignOn, finishSingleSignOn } from '#libs/access';
import { DomainError } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { AllowEveryone } from '../shell/access.decorators.js';
import type { ActingRequest } from '../shell/access.guard.js';
import { cookieName, isSecure, setSessionCookie } from '../shell/session-cookie.js';
import { SingleSignOnQueryDto } from './sign-in.dto.js';
import { visitOf } from './visit.js';

/** Pages that a browser is sent to, not data: they answer with the next address. */
@ApiTags('signing in')
@Controller('single-sign-on')
export class SingleSignOnController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends the browser to the OpenID Connect provider. */
  @Get()
  @AllowEveryone()
  async begin(
    @Query() { from = '/' }: SingleSignOnQueryDto,
    @Res() reply: FastifyReply,
    @Headers('sec-fetch-site') site?: string,
  ): Promise<void> {
    if (site === 'cross-site') {
      // Nobody is signed in by following a link of another site: they press the button here.
      await reply.redirect(`/sign-in?from=${encodeURIComponent(from)}`, 302);
      return;
    }
    const { address, errand, minutes } = await beginSingleSignOn(this.config, from);
    await reply
      .setCookie(cookieName(this.config, 'single-sign-on'), errand, {
        path: '/',
        httpOnly: true,
        // It must come along when the provider sends the browser back.
        sameSite: 'lax',
        secure: isSecure(this.config),
        maxAge: minutes * 60,
      })
      .redirect(address.href, 302);
  }

  /** Where the provider sends the browser back to. */
  @Get('return')
  @AllowEveryone()
  async finish(@Req() request: ActingRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = cookieName(this.config, 'single-sign-on');
    const search = new URL(request.url, 'http://localhost').search;
    const visit = visitOf(this.config, request);
    try {
      const { opened, from } = await finishSingleSignOn(this.db, this.config, request.cookies[name], search, visit);
      setSessionCookie(this.config, reply, opened.secret, opened.expiresAt);
      const next = opened.stage === 'complete' ? from : `/sign-in?step=code&from=${encodeURIComponent(from)}`;
      await reply.clearCookie(name, { path: '/', secure: isSecure(this.config) }).redirect(next, 302);
    } catch (error) {
      // A person sits before a browser: they get the sign-in page with a sentence, not a problem document.
      if (!(error instanceof DomainError) || !/^sso-/.test(error.code)) throw error;
      await reply.redirect(`/sign-in?refused=${error.code}`, 302);
    }
  }
}
