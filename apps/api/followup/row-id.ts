import { DomainError } from '#libs/kernel';

const LARGEST_ID = 2_147_483_647;

/** The number in a path; one that cannot be an id names no row, in the words of a row that does not exist. */
export function rowId(text: string, code: string, fact: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID) throw new DomainError(code, { [fact]: text });
  return id;
}
