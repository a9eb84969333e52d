import { IconAlertCircle, IconArrowsExchange, IconCheck, IconClock, IconLoader } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { formatQuotient } from '../format/amount';
import type { Words } from '../words/vi';
import type { BookRow, Edit, GridBook, Sums } from './grid-book';
import classes from './Sheet.module.css';
import { cumulative, type SheetColumn, type SheetLine } from './sheet-layout';

export interface ShownColumn {
  column: SheetColumn;
  index: number;
}

interface SheetRowProps {
  book: GridBook;
  line: SheetLine;
  index: number;
  top: number;
  height: number;
  columns: readonly ShownColumn[];
  /** Room of the columns that are not drawn, before the first and in all. */
  skipped: number;
  total: number;
  /** The active column of this line, or -1. */
  active: number;
  /** Selected columns, from and to; -1 without. */
  from: number;
  to: number;
  editor: ReactNode;
  /** Of the book: what a line shows may have changed. */
  version: number;
  words: Words;
  id: string;
  below: (unit: number, part: bigint, plan: bigint) => boolean;
  onPointer: (event: React.PointerEvent, line: number, column: number) => void;
  onOpen: () => void;
}

/** One line of the sheet. Drawn again only when the book, its columns or the selection in it change. */
export const SheetRow = memo(function SheetRow(props: SheetRowProps) {
  const { book, line, index, top, height, columns, skipped, total, words, id, active, from, to, editor } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`${classes.row} ${classes[line.kind === 'row' ? 'source' : line.kind]}`}
      style={{ top, height, width: total }}
    >
      {columns.map(({ column, index: place }, i) => {
        const isActive = active === place;
        const isSelected = place >= from && place <= to && from >= 0;
        const cell = cellOf(book, line, column, words, props.below);
        return (
          <div
            key={place}
            id={`${id}-${index}-${place}`}
            role={column.kind === 'name' ? 'rowheader' : 'gridcell'}
            aria-colindex={place + 1}
            aria-selected={column.kind === 'name' ? undefined : isSelected || isActive}
            aria-readonly={cell.readOnly || undefined}
            aria-invalid={cell.invalid || undefined}
            className={[
              classes.cell,
              column.kind === 'name' ? classes.name : classes.figure,
              cell.className,
              isSelected && !isActive ? classes.selected : '',
              isActive ? classes.active : '',
            ].join(' ')}
            style={{ width: column.width, marginLeft: i === 1 ? skipped : 0 }}
            onPointerDown={(event) => props.onPointer(event, index, place)}
            onPointerEnter={(event) => event.buttons === 1 && props.onPointer(event, index, place)}
            onDoubleClick={props.onOpen}
          >
            {isActive && editor !== null ? editor : cell.content}
          </div>
        );
      })}
    </div>
  );
});

interface CellLook {
  content: ReactNode;
  className: string;
  readOnly: boolean;
  invalid: boolean;
}

const plain = (content: ReactNode, className = ''): CellLook => ({
  content,
  className,
  readOnly: true,
  invalid: false,
});

function cellOf(
  book: GridBook,
  line: SheetLine,
  column: SheetColumn,
  words: Words,
  below: SheetRowProps['below'],
): CellLook {
  if (line.kind === 'row') {
    const row = book.rows[line.row];
    return row ? rowCell(book, row, line.row, column, words, below) : plain('');
  }
  const sums = line.kind === 'unit' ? book.units[line.unit] : book.groups[line.group];
  return sums ? sumCell(book, sums, line.unit, column, words, below) : plain('');
}

export function sumCell(
  book: GridBook,
  sums: Sums,
  unit: number,
  column: SheetColumn,
  words: Words,
  below: SheetRowProps['below'],
  name: string = sums.name,
): CellLook {
  switch (column.kind) {
    case 'name':
      return plain(<SumName name={name === '' ? words.grid.unassigned : name} />);
    case 'province':
      return plain(million(sums.planProvince));
    case 'pm':
      return plain(million(sums.planPm));
    case 'month':
      return plain(
        sums.filled[column.month] === 0 ? '–' : million(sums.months[column.month] ?? 0n),
        lockedClass(book, column.month),
      );
    case 'cumulative':
      return plain(million(cumulative(sums.months, book.data.month)));
    case 'rate':
      return rateLook(cumulative(sums.months, book.data.month), sums.planProvince, unit, below);
  }
}

/** A name too long for its column is whole in its title. */
function SumName({ name }: { name: string }) {
  return (
    <span className={classes.clip} title={name}>
      {name}
    </span>
  );
}

function rowCell(
  book: GridBook,
  row: BookRow,
  index: number,
  column: SheetColumn,
  words: Words,
  below: SheetRowProps['below'],
): CellLook {
  switch (column.kind) {
    case 'name':
      return plain(
        <>
          <span className={classes.clip} title={row.sourceName}>
            {row.sourceName}
          </span>
          {row.carriedOver && <span className={classes.tag}>{words.grid.carriedOver}</span>}
        </>,
      );
    case 'province':
      return plain(million(row.planProvince));
    case 'pm':
      return plain(million(row.planPm));
    case 'month':
      return monthCell(book, row, index, column.month, words);
    case 'cumulative':
      return plain(million(rowCumulative(book, index)));
    case 'rate':
      return rateLook(rowCumulative(book, index), row.planProvince, row.unit, below);
  }
}

function rowCumulative(book: GridBook, row: number): bigint {
  let sum = 0n;
  for (let month = 1; month <= book.data.month; month++) sum += book.shown({ row, month }) ?? 0n;
  return sum;
}

function rateLook(part: bigint, plan: bigint | null, unit: number, below: SheetRowProps['below']): CellLook {
  if (plan === null || plan <= 0n) return plain('–');
  // A slip of the pen may make thousands of per cent: the column says so, the panel says how many.
  const text = part > 10n * plan ? '>1.000' : formatQuotient(part * 100n, plan, 1);
  return plain(text, below(unit, part, plan) ? classes.below : '');
}

function monthCell(book: GridBook, row: BookRow, index: number, month: number, words: Words): CellLook {
  const place = { row: index, month };
  const edit = book.edit(place);
  const treasury = row.treasury[month] ?? null;
  const differs = treasury !== null && treasury !== (row.actual[month] ?? 0n);
  const isLocked = !book.isOpen(month);
  const look = edit ? EDIT_LOOKS[edit.state] : undefined;
  const isSaved = edit === undefined && book.saved.has(book.key(place));
  const said = [
    edit ? words.grid.states[look?.word ?? 'waiting'] : isSaved ? words.grid.states.saved : '',
    differs ? words.grid.states.treasury : '',
    row.comments[month] ? words.grid.states.commented : '',
    isLocked ? words.grid.states.locked : '',
  ].filter((word) => word !== '');
  return {
    readOnly: !book.mayType(place),
    invalid: look?.isWrong ?? false,
    className: [
      lockedClass(book, month),
      differs ? classes.differs : '',
      look?.isWrong ? classes.wrong : '',
      row.comments[month] ? classes.commented : '',
    ].join(' '),
    content: (
      <>
        {look ? (
          <look.icon
            size={15}
            className={`${classes.state} ${look.isTurning ? classes.turning : ''}`}
            aria-hidden="true"
          />
        ) : isSaved ? (
          <IconCheck size={15} className={`${classes.state} ${classes.tick}`} aria-hidden="true" />
        ) : differs ? (
          <span className={classes.state} aria-hidden="true">
            ≠
          </span>
        ) : null}
        <span className={classes.clip}>{cellText(edit, book.shown(place))}</span>
        {said.length > 0 && <span className="spoken">, {said.join(', ')}</span>}
      </>
    ),
  };
}

const EDIT_LOOKS: Record<
  Edit['state'],
  { icon: typeof IconClock; word: 'saving' | 'waiting' | 'invalid' | 'conflict'; isWrong: boolean; isTurning?: boolean }
> = {
  waiting: { icon: IconClock, word: 'waiting', isWrong: false },
  offline: { icon: IconClock, word: 'waiting', isWrong: false },
  saving: { icon: IconLoader, word: 'saving', isWrong: false, isTurning: true },
  invalid: { icon: IconAlertCircle, word: 'invalid', isWrong: true },
  reason: { icon: IconAlertCircle, word: 'invalid', isWrong: true },
  refused: { icon: IconAlertCircle, word: 'invalid', isWrong: true },
  conflict: { icon: IconArrowsExchange, word: 'conflict', isWrong: true },
};

function cellText(edit: Edit | undefined, shown: bigint | null): string {
  if (edit && edit.amount === null) return edit.text;
  return million(shown);
}

function lockedClass(book: GridBook, month: number): string {
  return book.isOpen(month) ? '' : (classes.locked ?? '');
}

export function million(amount: bigint | null): string {
  return amount === null ? '–' : formatQuotient(amount, 1_000_000n, 1);
}
