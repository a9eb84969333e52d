import type { CellObject } from 'write-excel-file/node';
import type { Dong } from '#libs/kernel';

/** Excel keeps fifteen significant digits of a number. */
const MOST_EXACT = 999_999_999_999_999n;

/** An amount as a number, or as text where a number would lose its last đồng. */
export function dongCell(amount: Dong): CellObject {
  const isExact = amount <= MOST_EXACT && amount >= -MOST_EXACT;
  return isExact
    ? { value: Number(amount), type: Number, format: '#,##0' }
    : ({ value: amount.toString(), type: String, align: 'right' } as CellObject);
}
