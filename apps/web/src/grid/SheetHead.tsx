import type { ReactNode } from 'react';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import type { GridBook } from './grid-book';
import classes from './Sheet.module.css';
import type { SheetColumn } from './sheet-layout';
import type { ShownColumn } from './SheetRow';

interface SheetHeadProps {
  book: GridBook;
  columns: readonly ShownColumn[];
  skipped: number;
  total: number;
  height: number;
  lockIcon: ReactNode;
}

/** The heads of the columns; a month's says whether it takes figures. */
export function SheetHead({ book, columns, skipped, total, height, lockIcon }: SheetHeadProps) {
  const words = useWords();
  return (
    <div role="rowgroup" className={classes.head} style={{ width: total }}>
      <div role="row" aria-rowindex={1} className={classes.headRow} style={{ height }}>
        {columns.map(({ column, index }, i) => {
          const isLocked = column.kind === 'month' && !book.isOpen(column.month);
          const isWorking = column.kind === 'month' && column.month === book.data.month && !isLocked;
          const [first, second] = headOf(column, book, words);
          return (
            <div
              key={index}
              role="columnheader"
              aria-colindex={index + 1}
              className={`${classes.cell} ${column.kind === 'name' ? classes.name : classes.figure} ${isWorking ? classes.working : ''}`}
              style={{ width: column.width, marginLeft: i === 1 ? skipped : 0 }}
            >
              <span className={classes.headWords}>
                <span className={classes.headFirst}>
                  {isLocked && lockIcon}
                  {first}
                </span>
                {second !== '' && <span>{second}</span>}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function headOf(column: SheetColumn, book: GridBook, words: Words): [string, string] {
  const { grid, time } = words;
  switch (column.kind) {
    case 'name':
      return [grid.project, ''];
    case 'province':
      return [grid.planProvince[0] ?? '', grid.planProvince[1] ?? ''];
    case 'pm':
      return [grid.planPm[0] ?? '', grid.planPm[1] ?? ''];
    case 'cumulative':
      return [grid.cumulative, time.range(1, book.data.month)];
    case 'rate':
      return [grid.rate[0] ?? '', grid.rate[1] ?? ''];
    case 'month':
      return [
        time.column(column.month),
        !book.isOpen(column.month) ? grid.closed : column.month > book.data.month ? grid.notYet : grid.open,
      ];
  }
}
