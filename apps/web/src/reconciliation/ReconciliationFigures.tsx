import type { Reconciliation } from '../client/types';
import { formatMillion, formatQuotient, THIN_SPACE } from '../format/amount';
import { KeyFigures } from '../frame/KeyFigures';
import { useWords } from '../words/words-provider';

/** How much of the statement the books have exactly so, and how many differences wait. */
export function ReconciliationFigures({ state }: { state: Reconciliation }) {
  const words = useWords().reconciliation;
  const share =
    state.treasuryDong === 0
      ? undefined
      : `${formatQuotient(BigInt(state.matchedDong) * 100n, BigInt(state.treasuryDong), 1)}${THIN_SPACE}%`;
  return (
    <KeyFigures
      figures={[
        {
          id: 'matched',
          label: words.matchedAmount,
          value: formatMillion(state.matchedDong),
          beside: share === undefined ? undefined : words.matchedOf(share),
          below: words.matchedCells(state.matched, state.cells),
        },
        { id: 'books', label: words.books, value: formatMillion(state.booksDong), below: words.booksBelow },
        { id: 'treasury', label: words.treasury, value: formatMillion(state.treasuryDong), below: words.treasuryBelow },
        {
          id: 'open',
          label: words.open,
          value: state.open,
          beside: words.openOf(state.differences + state.corrected),
          below: state.lapsed > 0 ? words.lapsed(state.lapsed) : words.openBelow(state.accepted, state.corrected),
          attention: state.open > 0,
        },
      ]}
    />
  );
}
