import { IconAlertTriangle, IconCircleCheck, IconPencilCheck, IconRefreshAlert } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Difference } from '../client/types';
import { formatDong } from '../format/amount';
import { Chip } from '../frame/Chip';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './DifferencesTable.module.css';
import { addressOf, type ShownDifferences } from './reconciliation-queries';
import { signedDong } from '../format/signed-dong';

interface DifferencesTableProps {
  rows: Difference[] | undefined;
  total: number;
  show: ShownDifferences;
  chosen: string | undefined;
  onChoose: (row: Difference) => void;
  onMore: (() => void) | undefined;
}

/** One row a figure that differs; the row's button opens it beside the table. */
export function DifferencesTable({ rows, total, show, chosen, onChoose, onMore }: DifferencesTableProps) {
  const words = useWords();
  const own = words.reconciliation;
  if (rows === undefined) return <LoadingBlock what={own.what} />;
  if (rows.length === 0) {
    const none = { unresolved: own.noneUnresolved, resolved: own.noneResolved, all: own.noneAll };
    return <p className={table.none}>{none[show]}</p>;
  }
  return (
    <>
      {/* Focusable, so that the keyboard can scroll it where it is wider than the page. */}
      <div className={table.scroll} tabIndex={0} role="region" aria-label={own.list}>
        <table className={`${table.table} ${classes.table}`}>
          <thead>
            <tr>
              <th scope="col">{own.project}</th>
              <th scope="col" className={table.wideOnly}>
                {own.source}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {own.inBooks}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {own.atTreasury}
              </th>
              <th scope="col" className={table.number}>
                {own.difference}
              </th>
              <th scope="col" className={table.wideOnly}>
                {own.cause}
              </th>
              <th scope="col" className={table.wideOnly}>
                {own.state}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={addressOf(row)} data-chosen={addressOf(row) === chosen || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.open}
                    data-difference={addressOf(row)}
                    aria-expanded={addressOf(row) === chosen}
                    onClick={() => onChoose(row)}
                  >
                    {row.project?.name ?? own.notInRegister(row.nationalCode ?? row.key)}
                  </button>
                  <span className={table.under}>{whose(row, own)}</span>
                  <span className={`${table.under} ${table.narrowOnly}`}>
                    {row.source.name} · {own.inBooks} {formatDong(row.booksDong)} · {own.atTreasury}{' '}
                    {formatDong(row.treasuryDong)}
                  </span>
                  <span className={table.narrowOnly}>
                    <StateChip state={row.state} /> {own.causes[row.cause]}
                  </span>
                </th>
                <td className={table.wideOnly}>
                  {row.source.name}
                  {row.carriedOver && <span className={table.under}>{own.carriedOver}</span>}
                </td>
                <td className={`${table.number} ${table.wideOnly}`}>{formatDong(row.booksDong)}</td>
                <td className={`${table.number} ${table.wideOnly}`}>{formatDong(row.treasuryDong)}</td>
                <td className={row.differenceDong === 0 ? table.number : `${table.number} ${table.below}`}>
                  {signedDong(row.differenceDong)}
                </td>
                <td className={table.wideOnly}>{own.causes[row.cause]}</td>
                <td className={table.wideOnly}>
                  <StateChip state={row.state} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {onMore !== undefined && (
        <button type="button" className={table.more} onClick={onMore}>
          {own.moreRows(rows.length, total)}
        </button>
      )}
    </>
  );
}

function whose(row: Difference, own: ReturnType<typeof useWords>['reconciliation']): ReactNode {
  return [
    row.unit?.name,
    row.project === null
      ? row.printedName === null
        ? undefined
        : own.printedAs(row.printedName)
      : (row.nationalCode ?? own.noCode),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

const STATE_ICON = {
  open: <IconAlertTriangle size={14} aria-hidden="true" />,
  lapsed: <IconRefreshAlert size={14} aria-hidden="true" />,
  accepted: <IconCircleCheck size={14} aria-hidden="true" />,
  corrected: <IconPencilCheck size={14} aria-hidden="true" />,
};

export function StateChip({ state }: { state: Difference['state'] }) {
  const words = useWords();
  return (
    <Chip tone={state === 'open' || state === 'lapsed' ? 'below' : 'ok'} icon={STATE_ICON[state]}>
      {words.reconciliation.states[state]}
    </Chip>
  );
}
