import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type {} from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import {
  actorOfSession,
  actorOfToken,
  pendingSession,
  type AccessErrorCode,
  type PendingSession,
  type SignedIn,
} from '#libs/access';
import { DomainError, may, type Actor, type Origin, type Permission } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { NEEDS } from './access.decorators.js';
import { sessionSecret } from './session-cookie.js';
import { RateLimits } from './rate-limits.js';

export const CSRF_HEADER = 'x-csrf-token';

export type ActingRequest = FastifyRequest & {
  actor?: Actor;
  session?: SignedIn;
  pending?: PendingSession;
  /** The code of the refusal it was answered with, for the log. */
  refusedAs?: string;
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Finds out who calls (session cookie for people, bearer token for programs) and whether what the route
 * needs is permitted to them. A cookie alone moves nothing: unsafe requests must come from our own page and carry its CSRF token.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly db: DataSource,
    private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const needed = this.reflector.getAllAndOverride<Permission | 'sign-in' | 'pending' | 'nothing' | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!SAFE_METHODS.has(request.method)) refuseForeignOrigin(request);
    if (needed !== 'nothing' && needed !== 'pending') request.actor = await this.identify(request);
    await this.limits.count(request);
    if (needed === 'nothing') return true;
    if (needed === 'pending') return this.admitPending(request);
    if (!request.actor) throw new DomainError<AccessErrorCode>('not-signed-in');
    if (needed === undefined || (needed !== 'sign-in' && !may(request.actor, needed)))
      throw new DomainError<AccessErrorCode>('not-allowed');
    return true;
  }

  /** Only who is half signed in may go on from there; whoever is signed in has been there. */
  private async admitPending(request: ActingRequest): Promise<true> {
    if (await this.identify(request)) throw new DomainError<AccessErrorCode>('not-allowed');
    const cookie = sessionSecret(this.config, request);
    request.pending = cookie ? await pendingSession(this.db, cookie) : undefined;
    if (!request.pending) throw new DomainError<AccessErrorCode>('not-signed-in');
    requireCsrfToken(request, request.pending.session.csrfToken);
    return true;
  }

  private async identify(request: ActingRequest): Promise<Actor | undefined> {
    const origin = originOf(request);
    const bearer = /^Bearer ([A-Za-z0-9_-]{20,})$/.exec(request.headers.authorization ?? '');
    if (bearer) return actorOfToken(this.db, bearer[1] as string, origin);
    const cookie = sessionSecret(this.config, request);
    const found = cookie ? await actorOfSession(this.db, cookie, origin, this.config) : undefined;
    if (!found) return undefined;
    requireCsrfToken(request, found.csrfToken);
    request.session = found;
    return found.actor;
  }
}

function requireCsrfToken(request: FastifyRequest, expected: string): void {
  if (!SAFE_METHODS.has(request.method) && !sameText(request.headers[CSRF_HEADER], expected))
    throw new DomainError<AccessErrorCode>('csrf-refused');
}

export function originOf(request: FastifyRequest): Origin {
  return { via: 'http', address: request.ip, requestId: request.id };
}

/**
 * Browsers say where a request comes from; programs say nothing and carry no cookie. `request.host` is what the browser
 * asked for: of a trusted proxy its X-Forwarded-Host, else the Host header.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host);
  if (foreignSite || foreignOrigin) throw new DomainError<AccessErrorCode>('csrf-refused');
}

function sameText(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
