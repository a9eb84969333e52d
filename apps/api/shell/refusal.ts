import { DomainError, type ErrorFacts } from '#libs/kernel';
import type { ShellErrorCode } from './error-words/index.js';

/** A refusal of the shell itself, answered like those of the domain. */
export function refusal(code: ShellErrorCode, facts: ErrorFacts = {}): DomainError<ShellErrorCode> {
  return new DomainError(code, facts);
}
