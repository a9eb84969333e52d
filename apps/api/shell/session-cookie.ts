import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#libs/platform';

type CookieConfig = Pick<Config, 'secureCookie' | 'environment'>;

export function isSecure({ secureCookie, environment }: CookieConfig): boolean {
  return secureCookie === 'on' || (secureCookie === 'auto' && environment === 'production');
}

/** Over HTTPS with the prefix that makes browsers refuse it from a sister site or a plain connection. */
export function cookieName(config: CookieConfig, name: 'session' | 'single-sign-on'): string {
  return isSecure(config) ? `__Host-${name}` : name;
}

export function sessionSecret(config: CookieConfig, request: FastifyRequest): string | undefined {
  return request.cookies[cookieName(config, 'session')];
}

export function setSessionCookie(config: CookieConfig, reply: FastifyReply, secret: string, expires: Date): void {
  void reply.setCookie(cookieName(config, 'session'), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(config),
    expires,
  });
}

export function clearSessionCookie(config: CookieConfig, reply: FastifyReply): void {
  void reply.clearCookie(cookieName(config, 'session'), { path: '/', secure: isSecure(config) });
}
