import { NotReadable, password, text, url, wholeNumber, type Variable } from './variable.js';

/** 32 random bytes in base64 have 44 characters, in hexadecimal 64. */
const LEAST_KEY_CHARACTERS = 43;

const ROLE_NAMES = ['admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor'] as const;
type RoleName = (typeof ROLE_NAMES)[number];

function list(given: string | undefined): string[] {
  return (given ?? '').split(/[\s,]+/).filter((part) => part !== '');
}

function roles(given: string | undefined): RoleName[] {
  const named = list(given ?? 'admin,approver');
  if (named.length === 1 && named[0] === 'none') return [];
  if (!named.every((name): name is RoleName => (ROLE_NAMES as readonly string[]).includes(name)))
    throw new NotReadable(`must be roles (${ROLE_NAMES.join(', ')}), or none`);
  return named;
}

const webAddress = url('https:', 'http:');

/** A provider is believed about who somebody is: only over HTTPS, or on this very machine. */
function issuer(given: string | undefined): string | undefined {
  const address = webAddress(given);
  if (address === undefined) return undefined;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new NotReadable('must begin with https://');
  return address;
}

/** Single sign-on needs more than the provider's address; one sentence for each thing that is missing. */
export function signOnProblems(values: { oidcIssuer?: string; oidcClientId?: string; publicUrl?: string }): string[] {
  if (!values.oidcIssuer) return [];
  const needed = { OIDC_CLIENT_ID: values.oidcClientId, PUBLIC_URL: values.publicUrl };
  return Object.entries(needed)
    .filter(([, value]) => !value)
    .map(([name]) => `${name} is missing: OIDC_ISSUER needs it.`);
}

/** How people sign in and how long that holds. */
export const SIGN_IN_VARIABLES = {
  publicUrl: {
    name: 'PUBLIC_URL',
    meaning: 'address under which people open the program, e.g. `https://giaingan.tinh.example`; stands in links',
    byDefault: '',
    read: webAddress,
  },
  secretKey: {
    name: 'SECRET_KEY',
    meaning:
      'key that seals second factors and secrets of webhooks in the database, `openssl rand -base64 32`; demanded in production, else made once and kept in DATA_DIR',
    byDefault: '',
    read: password(LEAST_KEY_CHARACTERS),
    secret: true,
  },
  sessionIdleMinutes: {
    name: 'SESSION_IDLE_MINUTES',
    meaning: 'minutes without use after which a person signs in again',
    byDefault: '60',
    read: wholeNumber(60, 5, 1440),
  },
  secondFactorRoles: {
    name: 'SECOND_FACTOR_ROLES',
    meaning: 'roles that sign in with a six-digit code as well, others may; `none`: nobody must',
    byDefault: 'admin,approver',
    read: roles,
  },
  invitationHours: {
    name: 'INVITATION_HOURS',
    meaning: 'hours an invitation’s link works',
    byDefault: '168',
    read: wholeNumber(168, 1, 720),
  },
  resetHours: {
    name: 'RESET_HOURS',
    meaning: 'hours the link to set a new password works',
    byDefault: '1',
    read: wholeNumber(1, 1, 72),
  },
  oidcIssuer: {
    name: 'OIDC_ISSUER',
    meaning: 'OpenID Connect provider for single sign-on; absent: passwords only',
    byDefault: '',
    read: issuer,
  },
  oidcClientId: {
    name: 'OIDC_CLIENT_ID',
    meaning:
      'name of this program at the provider; its return address there is PUBLIC_URL + `/api/v1/single-sign-on/return`',
    byDefault: '',
    read: text(''),
  },
  oidcClientSecret: {
    name: 'OIDC_CLIENT_SECRET',
    meaning: 'secret of this program at the provider',
    byDefault: '',
    read: password(12),
    secret: true,
  },
  oidcLabel: {
    name: 'OIDC_LABEL',
    meaning: 'what the button of single sign-on names, e.g. `tài khoản công vụ`',
    byDefault: 'SSO',
    read: text('SSO'),
  },
  oidcAccountClaim: {
    name: 'OIDC_ACCOUNT_CLAIM',
    meaning: 'claim that names the account when a person comes for the first time',
    byDefault: 'preferred_username',
    read: text('preferred_username'),
  },
  oidcEmailDomain: {
    name: 'OIDC_EMAIL_DOMAIN',
    meaning: 'domain of which `name@domain` in that claim means the account `name`; absent: such values name nobody',
    byDefault: '',
    read: text(''),
  },
  oidcSecondFactor: {
    name: 'OIDC_SECOND_FACTOR',
    meaning:
      'values of `acr` or `amr`, e.g. `mfa`, that say the provider asked for a second factor; absent: ours is asked',
    byDefault: '',
    read: list,
  },
} satisfies Record<string, Variable<unknown>>;
