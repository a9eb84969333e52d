import type { Visit } from '#libs/access';
import type { Config } from '#libs/platform';
import { originOf, type ActingRequest } from '../shell/access.guard.js';
import { sessionSecret } from '../shell/session-cookie.js';

export function visitOf(config: Config, request: ActingRequest): Visit {
  return {
    origin: originOf(request),
    userAgent: request.headers['user-agent'] ?? '',
    replaces: sessionSecret(config, request),
  };
}
