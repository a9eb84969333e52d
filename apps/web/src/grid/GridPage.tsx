import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconClipboardText, IconLayoutSidebarRight } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Role } from '../client/types';
import { useSession } from '../client/use-session';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { CellPanel } from './CellPanel';
import { GridFacts } from './GridFacts';
import classes from './GridPage.module.css';
import type { CellPlace, GridData } from './grid-types';
import { readBlock } from './paste';
import { RateStrip, rateOfUnit } from './RateStrip';
import { Sheet } from './Sheet';
import { columnsOf, linesOf, monthsShown } from './sheet-layout';
import { SubmitMonth } from './SubmitMonth';
import { TroubleStrip } from './TroubleStrip';
import { useBookVersion, useGridStore } from './use-grid-store';
import { placeAt, type Selection, type Spot } from './use-sheet-keys';
import { useWidth } from './use-width';

const PasteDialog = lazy(() => import('./PasteDialog').then((module) => ({ default: module.PasteDialog })));

const LINE_PX = 28;
const PHONE_LINE_PX = 44;

const mayState = (role: Role): boolean => role === 'staff' || role === 'reporter';
const mayComment = (role: Role): boolean => mayState(role) || role === 'approver';

/** One page of the grid: the sheet, what is beside and below it, and the way in for what Excel holds. */
export function GridPage({ data, unit: chosen }: { data: GridData; unit: string | undefined }) {
  const words = useWords();
  const session = useSession();
  const isPhone = useMediaQuery('(max-width: 640px)', window.matchMedia('(max-width: 640px)').matches) ?? false;
  const store = useGridStore(data, session.username, words);
  const { book } = store;
  const version = useBookVersion(book);
  const [showsAll, showAll] = useState(false);
  const [hasPanel, showPanel] = useState(() => window.innerWidth > 1100);
  const [pasting, setPasting] = useState<{ table: string[][] | null; at: Spot } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [room, frame] = useWidth();
  const readOnly = isPhone || !mayState(session.role);

  // Rows keep their order; only newly read books may have others.
  const rows = book.rows;
  const lines = useMemo(() => linesOf(book), [book, rows]);
  const columns = useMemo(
    () => columnsOf(book, monthsShown(book, showsAll, isPhone), room - 2, showsAll, isPhone),
    [book, rows, showsAll, isPhone, room, version],
  );
  const [selection, select] = useState<Selection>(firstCell);
  const working = columns.findIndex((column) => column.kind === 'month' && column.month === book.data.month);
  const shown = within(
    selection,
    lines.length,
    columns.length,
    working,
    lines.findIndex(({ kind }) => kind === 'row'),
  );
  const place = placeAt(lines, columns, shown.active);
  const unit = book.units[unitOf(lines, shown.active.line, book.rows)];

  const rates = useMemo(() => book.units.map((each) => rateOfUnit(book, each)), [book, version]);
  const below = useCallback(
    (index: number, part: bigint, plan: bigint): boolean => {
      const average = rates[index]?.average;
      return average != null && part * average.denominator < average.numerator * plan;
    },
    [rates],
  );

  const go = (to: CellPlace): void => {
    const line = lines.findIndex((candidate) => candidate.kind === 'row' && candidate.row === to.row);
    const column = columns.findIndex((candidate) => candidate.kind === 'month' && candidate.month === to.month);
    if (line < 0) return;
    if (column < 0) showAll(true);
    const spot = { line, column: Math.max(column, 1) };
    select({ active: spot, anchor: spot });
    const element = box.current;
    if (element) element.scrollTop = Math.max(0, line * LINE_PX - element.clientHeight / 2);
    element?.focus({ preventScroll: true });
  };

  const title = book.units.length === 1 ? (book.units[0]?.name ?? words.grid.title) : words.grid.title;
  const close = (): void => {
    setPasting(null);
    box.current?.focus({ preventScroll: true });
  };
  return (
    <div className={classes.page}>
      <PageHead
        title={title}
        actions={
          <>
            {!readOnly && (
              <Button
                leftSection={<IconClipboardText size={16} />}
                onClick={() => setPasting({ table: null, at: shown.active })}
              >
                {words.grid.pasteButton}
              </Button>
            )}
            {!hasPanel && (
              <Button leftSection={<IconLayoutSidebarRight size={16} />} onClick={() => showPanel(true)}>
                {words.grid.panelOpen}
              </Button>
            )}
            {mayState(session.role) && book.units.length === 1 && <SubmitMonth store={store} />}
          </>
        }
      >
        <GridFacts book={book} />
      </PageHead>
      <GridFacts.Line book={book} chosen={chosen} showsAll={showsAll} onShowAll={showAll} readOnly={readOnly} />
      <div className={hasPanel ? classes.columns : undefined}>
        <div className={classes.main} ref={frame}>
          <Sheet
            store={store}
            lines={lines}
            columns={columns}
            lineHeight={isPhone ? PHONE_LINE_PX : LINE_PX}
            readOnly={readOnly}
            label={words.grid.label(title)}
            selection={shown}
            onSelect={(next) => {
              select(next);
              if (isPhone) showPanel(true);
            }}
            onPaste={(table, at) => setPasting({ table, at })}
            below={below}
            box={box}
          />
          {data.nextCursor !== null && <p className={classes.note}>{words.grid.moreRows(data.rows.length)}</p>}
          <TroubleStrip store={store} at={place} onGo={go} />
          {unit && <RateStrip book={book} unit={unit} rate={rates[book.units.indexOf(unit)] ?? null} />}
          <p role="status" className={store.said === '' ? 'spoken' : classes.note}>
            {store.said}
          </p>
          {!readOnly && <p className={classes.note}>{words.grid.keys}</p>}
        </div>
        {hasPanel && (
          <CellPanel
            book={book}
            place={place}
            mayComment={mayComment(session.role)}
            onClose={() => {
              showPanel(false);
              box.current?.focus({ preventScroll: true });
            }}
          />
        )}
      </div>
      {pasting && (
        <Suspense fallback={null}>
          <PasteDialog
            store={store}
            table={pasting.table}
            read={(table) =>
              readBlock(
                book,
                table,
                rowsFrom(lines, pasting.at.line),
                monthsFrom(columns, pasting.at.column, book.data.month),
              )
            }
            onClose={close}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Before anything was chosen: the first row of the month that is being written. */
function firstCell(): Selection {
  return { active: { line: -1, column: -1 }, anchor: { line: -1, column: -1 } };
}

/** The selection within what is drawn now: columns come and go with "all months" and the width. */
function within(selection: Selection, lines: number, columns: number, working: number, firstRow: number): Selection {
  const spot = ({ line, column }: Spot): Spot => ({
    line: line < 0 ? Math.max(firstRow, 0) : Math.min(line, lines - 1),
    column: column < 0 ? Math.max(working, 1) : Math.min(column, columns - 1),
  });
  return { active: spot(selection.active), anchor: spot(selection.anchor) };
}

function unitOf(lines: ReturnType<typeof linesOf>, at: number, rows: readonly { unit: number }[]): number {
  const line = lines[at];
  if (line === undefined) return 0;
  return line.kind === 'row' ? (rows[line.row]?.unit ?? 0) : line.unit;
}

/** Rows that take money, from a line on. */
function rowsFrom(lines: ReturnType<typeof linesOf>, from: number): number[] {
  return lines.slice(from).flatMap((line) => (line.kind === 'row' ? [line.row] : []));
}

/** Months of the columns from one on; on a column that is none, the month that is being written. */
function monthsFrom(columns: ReturnType<typeof columnsOf>, from: number, working: number): number[] {
  const months = columns.slice(from).flatMap((column) => (column.kind === 'month' ? [column.month] : []));
  return columns[from]?.kind === 'month' ? months : [working];
}
