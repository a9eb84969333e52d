import type { AccessErrorCode } from '#libs/access';
import { DomainError } from '#libs/kernel';
import type { ActingRequest } from '../shell/access.guard.js';

/** The session that asks. A program has none, and what protects an account is not its business. */
export function sessionIdOf({ session }: ActingRequest): number {
  if (!session) throw new DomainError<AccessErrorCode>('not-allowed');
  return session.sessionId;
}
