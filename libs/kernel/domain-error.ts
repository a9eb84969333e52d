/** Facts that the user's sentence is made of: codes, months, counts. Never anything secret. */
export type ErrorFacts = Record<string, string | number>;

export interface FieldProblem {
  /** JSON pointer into what was sent, e.g. `/lines/3/amountVnd`. */
  pointer: string;
  code: string;
  facts?: ErrorFacts;
  /** A warning: a reason at the pointer lets it pass. */
  needsReason?: boolean;
}

/**
 * A refusal in the words of the domain. The code is one of the union that the module declares; the table in
 * `apps/api/shell` gives every code its HTTP status and its Vietnamese and English sentence.
 */
export class DomainError<Code extends string = string> extends Error {
  constructor(
    readonly code: Code,
    readonly facts: ErrorFacts = {},
    readonly problems: FieldProblem[] = [],
  ) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'DomainError';
  }
}

export type KernelErrorCode = 'amount-out-of-range' | 'month-malformed';
