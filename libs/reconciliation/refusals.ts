import { DomainError, sqlState, violatedConstraint, type ErrorFacts } from '#libs/kernel';
import type { ReconciliationErrorCode } from './errors.js';

const CODES: Record<string, ReconciliationErrorCode | undefined> = {
  'PT041 sign_off_unresolved': 'sign-off-unresolved',
  'PT042 sign_off_order': 'sign-off-missing',
};

/** What the database refused, in the words of the domain; any other error passes unchanged. */
export async function asReconciliationRefusal<T>(facts: ErrorFacts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = CODES[`${sqlState(error)} ${violatedConstraint(error)}`];
    throw code ? new DomainError<ReconciliationErrorCode>(code, facts) : error;
  }
}
