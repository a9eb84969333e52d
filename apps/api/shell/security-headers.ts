import fastifyHelmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#libs/platform';

const DAY_SECONDS = 86_400;

/** The pages of the program: scripts, styles and fonts from files of this server and nothing else. */
const PAGE_POLICY = policy({
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
});

/** Swagger UI writes its styles into the page; its scripts are files. */
const DOCS_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
});

/** An answer of the API is no page: even opened in a browser it loads and runs nothing. */
const DATA_POLICY = policy({ 'default-src': "'none'", 'frame-ancestors': "'none'", sandbox: '' });

/** What the screens never ask a browser for, they shall not be able to ask for. */
const PERMISSIONS = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer']
  .concat(['microphone', 'midi', 'payment', 'publickey-credentials-get', 'usb'])
  .map((feature) => `${feature}=()`)
  .join(', ');

/** For what is answered before any hook runs: an address that cannot be decoded, bytes that are no HTTP. */
export const BARE_HEADERS = {
  'content-security-policy': DATA_POLICY,
  'permissions-policy': PERMISSIONS,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/**
 * Sets the security headers of every answer, errors and files included. Has to be registered before any other hook
 * that answers.
 */
export async function setSecurityHeaders(app: NestFastifyApplication, config: Pick<Config, 'hstsDays'>): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      const isApi = request.url.startsWith('/api/');
      const isDocs = /^\/api\/docs(\/|\?|$)/.test(request.url);
      reply.headers({
        'content-security-policy': isDocs ? DOCS_POLICY : isApi ? DATA_POLICY : PAGE_POLICY,
        'permissions-policy': PERMISSIONS,
      });
      // Figures and names belong in no cache, neither the browser's nor a proxy's.
      if (isApi && !isDocs) reply.header('cache-control', 'no-store');
      if (config.hstsDays > 0 && request.protocol === 'https')
        reply.header('strict-transport-security', `max-age=${config.hstsDays * DAY_SECONDS}; includeSubDomains`);
    });
}

function policy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`.trim())
    .join('; ');
}
