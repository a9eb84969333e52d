import type { EntityManager } from 'typeorm';
import type { Month } from '#libs/kernel';
import { reconciliationState } from '#libs/reconciliation';

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
const CHECKS: readonly ReadCheck[] = [treasuryCheck];

export async function closingChecks(tx: EntityManager, month: Month): Promise<ClosingCheck[]> {
  const checks: ClosingCheck[] = [];
  for (const read of CHECKS) checks.push(await read(tx, month));
  return checks;
}

/** The signature under the comparison with the Treasury's statement; without a statement there is nothing to sign. */
async function treasuryCheck(tx: EntityManager, month: Month): Promise<ClosingCheck> {
  const { statement, differences, open, signOff, signedOff } = await reconciliationState(tx, month);
  if (!statement) return { kind: 'treasury', state: 'not-needed', facts: {} };
  return {
    kind: 'treasury',
    state: signedOff ? 'signed-off' : 'not-signed-off',
    facts: { asOf: statement.asOf, differences, open, signedBy: signOff.by ?? '' },
  };
}
