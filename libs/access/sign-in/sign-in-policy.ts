import type { Actor, Origin } from '#libs/kernel';
import type { Config } from '#libs/platform';

/** What the installation decides about signing in. */
export type SignInPolicy = Pick<
  Config,
  'sessionHours' | 'sessionIdleMinutes' | 'secondFactorRoles' | 'secretKey' | 'invitationHours' | 'resetHours'
>;

/** Where a request to sign in comes from. */
export interface Visit {
  origin: Origin;
  userAgent: string;
  /** The secret of a session that the browser still has and that the new one replaces. */
  replaces?: string;
}

/** Whoever is not signed in, for the audit: no username begins with a dash. */
export function nobody(origin: Origin): Actor {
  return {
    accountId: null,
    username: '-',
    displayName: 'Chưa đăng nhập',
    role: 'nobody',
    units: [],
    teams: [],
    origin,
  };
}
