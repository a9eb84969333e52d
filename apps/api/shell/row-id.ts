import { DomainError, type ErrorFacts } from '#libs/kernel';

const LARGEST_ID = 2_147_483_647;

/** The id of a row in an address; one that cannot be an id names no row, and is refused as such. */
export function rowId<Code extends string>(text: string, unknown: Code, fact: string): number {
  const id = Number(text);
  if (/^[0-9]+$/.test(text) && id >= 1 && id <= LARGEST_ID) return id;
  const facts: ErrorFacts = { [fact]: text };
  throw new DomainError<Code>(unknown, facts);
}
