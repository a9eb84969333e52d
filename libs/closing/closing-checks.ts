import type { EntityManager } from 'typeorm';
import type { Month } from '#libs/kernel';

/** A comparison of the books with somebody else's that is to be signed off before a month is closed. */
export interface ClosingCheck {
  kind: string;
  /** `not-signed-off` asks for a decision when the month is closed; `not-needed`: nothing to compare with. */
  state: 'signed-off' | 'not-signed-off' | 'not-needed';
  /** What the sheet shows of it: counts, dates, who signed. */
  facts: Record<string, string | number>;
}

/** Reads one check of a month within the transaction that closes it. */
export type ReadCheck = (tx: EntityManager, month: Month) => Promise<ClosingCheck>;

/** The checks of a month, in the order of the closing sheet. A further one is added here and nowhere else. */
const CHECKS: readonly ReadCheck[] = [];

export async function closingChecks(tx: EntityManager, month: Month): Promise<ClosingCheck[]> {
  const checks: ClosingCheck[] = [];
  for (const read of CHECKS) checks.push(await read(tx, month));
  return checks;
}
