import { isIP } from 'node:net';
import { NotReadable, wholeNumber, type Variable } from './variable.js';

/** Addresses and networks (`10.0.0.5`, `10.1.0.0/16`, `fd00::/8`), separated by commas or spaces. */
function networks(given: string | undefined): string[] {
  const named = (given ?? '').split(/[\s,]+/).filter((part) => part !== '');
  for (const each of named) {
    const [address = '', length, ...rest] = each.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const isNetwork = length === undefined || (/^[0-9]{1,3}$/.test(length) && Number(length) <= most);
    if (isIP(address) === 0 || !isNetwork || rest.length > 0)
      throw new NotReadable('must be addresses or networks such as 10.0.0.5, 10.1.0.0/16');
    // Everybody would be a proxy, and could then name any address as their own.
    if (length === '0') throw new NotReadable('must not trust every address');
  }
  return named;
}

/** What the HTTP server allows and whom it believes. */
export const HTTP_VARIABLES = {
  trustedProxies: {
    name: 'TRUSTED_PROXIES',
    meaning:
      'addresses or networks of the TLS proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; absent: nobody’s',
    byDefault: '',
    read: networks,
  },
  hstsDays: {
    name: 'HSTS_DAYS',
    meaning: 'days for which browsers shall use HTTPS only, told where a request came over HTTPS; 0: not told',
    byDefault: '365',
    read: wholeNumber(365, 0, 730),
  },
  requestSeconds: {
    name: 'REQUEST_SECONDS',
    meaning: 'seconds within which a request must have arrived whole; a file has ten minutes',
    byDefault: '30',
    read: wholeNumber(30, 1, 600),
  },
  rateLimitAddress: {
    name: 'RATE_LIMIT_ADDRESS',
    meaning: 'requests a minute from one address by people who are not signed in; 0: any number',
    byDefault: '3000',
    read: wholeNumber(3000, 0, 1_000_000),
  },
  rateLimitSignIn: {
    name: 'RATE_LIMIT_SIGN_IN',
    meaning: 'attempts to sign in or to redeem a link in ten minutes from one address; 0: any number',
    byDefault: '600',
    read: wholeNumber(600, 0, 1_000_000),
  },
  rateLimitAccount: {
    name: 'RATE_LIMIT_ACCOUNT',
    meaning: 'requests a minute of one account, its programs included; 0: any number',
    byDefault: '600',
    read: wholeNumber(600, 0, 1_000_000),
  },
  rateLimitUploads: {
    name: 'RATE_LIMIT_UPLOADS',
    meaning: 'files in ten minutes from one account; 0: any number',
    byDefault: '60',
    read: wholeNumber(60, 0, 1_000_000),
  },
} satisfies Record<string, Variable<unknown>>;
