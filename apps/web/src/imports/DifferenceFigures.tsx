import { formatDong } from '../format/amount';
import { KeyFigures } from '../frame/KeyFigures';
import { signedDong } from '../format/signed-dong';
import { useWords } from '../words/words-provider';
import type { Difference } from './types';

/** New, changed, same, rejected: the four figures to take away. */
export function DifferenceFigures({ difference }: { difference: Difference }) {
  const { imports: own } = useWords();
  const { new: added, changed, same, rejected } = difference;
  const from = (rows: number, cells: number) => (rows === cells ? undefined : own.addedUp(formatDong(rows)));
  return (
    <KeyFigures
      figures={[
        {
          id: 'new',
          label: own.outcomes.new,
          value: formatDong(added.cells),
          beside: from(added.rows, added.cells),
          below: own.outcomeBelow.new(signedDong(added.differenceDong)),
        },
        {
          id: 'changed',
          label: own.outcomes.changed,
          value: formatDong(changed.cells),
          beside: from(changed.rows, changed.cells),
          below: own.outcomeBelow.changed(signedDong(changed.differenceDong)),
        },
        {
          id: 'same',
          label: own.outcomes.same,
          value: formatDong(same.cells),
          beside: from(same.rows, same.cells),
          below: own.outcomeBelow.same(),
        },
        {
          id: 'rejected',
          label: own.outcomes.rejected,
          value: formatDong(rejected.cells),
          below: own.outcomeBelow.rejected(formatDong(rejected.rows)),
          attention: rejected.cells > 0,
        },
      ]}
    />
  );
}
