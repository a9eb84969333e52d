import { IconLock } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWords } from '../words/words-provider';
import { CellEditor } from './CellEditor';
import type { CellPlace } from './grid-types';
import type { GridStore } from './use-grid-store';
import { useBookVersion } from './use-grid-store';
import { readTable } from './paste';
import { writeMillions } from './read-amount';
import classes from './Sheet.module.css';
import { SheetHead } from './SheetHead';
import { type ShownColumn, SheetRow, sumCell } from './SheetRow';
import type { SheetColumn, SheetLine } from './sheet-layout';
import {
  beginsFigure,
  copySelection,
  type Editing,
  moved,
  nextRowLine,
  placeAt,
  placesIn,
  rangeOf,
  type Selection,
  type Spot,
} from './use-sheet-keys';
import { useWindow } from './use-window';

interface SheetProps {
  store: GridStore;
  lines: readonly SheetLine[];
  columns: readonly SheetColumn[];
  lineHeight: number;
  readOnly: boolean;
  label: string;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** More than one cell came in: to be compared before it is saved. */
  onPaste: (table: string[][], at: Spot) => void;
  below: (unit: number, part: bigint, plan: bigint) => boolean;
  box: RefObject<HTMLDivElement | null>;
}

const HEAD_PX = 40;
const FOOT_PX = 32;

/**
 * The sheet: a virtualised grid of our own. The grids that npm offers write <style> elements, which the content
 * security policy refuses, or have no range clipboard. One element holds the focus and names the active cell.
 */
export function Sheet({
  store,
  lines,
  columns,
  lineHeight,
  readOnly,
  label,
  selection,
  onSelect,
  onPaste,
  below,
  box,
}: SheetProps) {
  const words = useWords();
  const id = useId();
  const { book, entry, say } = store;
  const version = useBookVersion(book);
  const [editing, setEditing] = useState<Editing | null>(null);
  const seen = useWindow(box, lines.length, lineHeight);
  const total = useMemo(() => columns.reduce((sum, { width }) => sum + width, 0), [columns]);
  const shown = useMemo(() => shownColumns(columns, seen.left, seen.width), [columns, seen.left, seen.width]);
  const range = rangeOf(selection);
  const { active } = selection;
  const activePlace = placeAt(lines, columns, active);
  const hasMany = range.top !== range.bottom || range.left !== range.right;

  // What handlers of rows need of the present moment, without making every row new.
  const now = useRef({ selection, onSelect, editing });
  useEffect(() => void (now.current = { selection, onSelect, editing }));

  const show = useCallback(
    (spot: Spot) => {
      const element = box.current;
      if (!element) return;
      const top = spot.line * lineHeight;
      const room = element.clientHeight - HEAD_PX - FOOT_PX;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + lineHeight > element.scrollTop + room) element.scrollTop = top + lineHeight - room;
      const name = columns[0]?.width ?? 0;
      const left = columns.slice(0, spot.column).reduce((sum, { width }) => sum + width, 0);
      const width = columns[spot.column]?.width ?? 0;
      if (spot.column === 0) return;
      if (left - name < element.scrollLeft) element.scrollLeft = left - name;
      else if (left + width > element.scrollLeft + element.clientWidth)
        element.scrollLeft = left + width - element.clientWidth;
    },
    [box, columns, lineHeight],
  );

  const go = (spot: Spot, extend = false): void => {
    onSelect({ active: spot, anchor: extend ? selection.anchor : spot });
    show(spot);
  };

  const begin = (text: string, byTyping: boolean): void => {
    if (readOnly) return;
    if (activePlace && book.mayType(activePlace)) setEditing({ text, byTyping });
    else if (activePlace && !book.isOpen(activePlace.month)) say(words.grid.lockedCell(activePlace.month));
    else say(words.grid.noProjectRow);
  };

  const commit = (text: string, then: Spot | undefined): void => {
    setEditing(null);
    if (activePlace) entry.state([{ ...activePlace, text }]);
    box.current?.focus({ preventScroll: true });
    if (then) go(then);
  };

  const onPointer = useCallback((event: React.PointerEvent, line: number, column: number) => {
    const { selection: before, onSelect: select, editing: isOpen } = now.current;
    const spot = { line, column };
    if (isOpen && before.active.line === line && before.active.column === column) return;
    if (event.type === 'pointerenter' && event.pointerType !== 'mouse') return;
    const extend = event.type === 'pointerenter' || event.shiftKey;
    select({ active: spot, anchor: extend ? before.anchor : spot });
  }, []);
  const open = useRef<() => void>(() => undefined);
  useEffect(() => void (open.current = () => begin(activePlace ? textOf(activePlace) : '', false)));
  const onOpen = useCallback(() => open.current(), []);
  const textOf = (place: CellPlace): string => {
    const amount = book.shown(place);
    return book.edit(place)?.text ?? (amount === null ? '' : writeMillions(amount));
  };

  const fillDown = (): void => {
    const rows = placesIn(lines, columns, selection);
    const [first, ...rest] = rows;
    if (!first || rest.length === 0) return;
    const source = new Map(first.map((place) => [place.month, book.shown(place)]));
    const { locked } = entry.state(
      rest.flat().flatMap((place) => {
        const amount = source.get(place.month);
        return amount == null ? [] : [{ ...place, text: writeMillions(amount), amount }];
      }),
    );
    if (locked > 0) say(words.grid.lockedCells(locked));
  };

  const undo = (): void => {
    const place = entry.undo(words.grid.undone);
    if (!place) say(words.grid.nothingToUndo);
    else {
      const line = lines.findIndex((candidate) => candidate.kind === 'row' && candidate.row === place.row);
      const column = columns.findIndex((candidate) => candidate.kind === 'month' && candidate.month === place.month);
      if (line >= 0 && column >= 0) go({ line, column });
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (editing !== null || event.target !== event.currentTarget) return;
    const command = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((seen.height - HEAD_PX - FOOT_PX) / lineHeight) - 1);
    const target = moved(event, active, lines.length, columns.length, page);
    if (target) go(target, event.shiftKey);
    else if (event.key === 'Enter') go({ ...active, line: nextRowLine(lines, active.line, event.shiftKey ? -1 : 1) });
    else if (event.key === 'Tab') {
      const column = active.column + (event.shiftKey ? -1 : 1);
      // At the edge the key leaves the sheet: nobody is held in it.
      if (column < 0 || column >= columns.length) return;
      go({ ...active, column });
    } else if (event.key === 'F2') begin(activePlace ? textOf(activePlace) : '', false);
    else if (event.key === 'Escape') {
      if (!hasMany) return;
      go(active);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && !readOnly)
      entry.clear(placesIn(lines, columns, selection).flat());
    else if (command && event.key.toLowerCase() === 'd' && !readOnly) fillDown();
    else if (command && event.key.toLowerCase() === 'z' && !readOnly) undo();
    else if (command && event.key.toLowerCase() === 'a')
      onSelect({ active: { line: lines.length - 1, column: columns.length - 1 }, anchor: { line: 0, column: 0 } });
    else if (beginsFigure(event)) begin(event.key, true);
    else return;
    event.preventDefault();
  };

  const paste = (text: string): void => {
    const table = readTable(text);
    const single = table.length === 1 && table[0]?.length === 1;
    if (!single) return onPaste(table, { line: range.top, column: range.left });
    const places = placesIn(lines, columns, selection).flat();
    const { locked } = entry.state(places.map((place) => ({ ...place, text: table[0]?.[0] ?? '' })));
    if (locked > 0) say(words.grid.lockedCells(locked));
  };

  const skipped =
    (shown[1]?.index ?? 1) > 1 ? columns.slice(1, shown[1]?.index).reduce((sum, { width }) => sum + width, 0) : 0;
  const isDrawn =
    active.line >= seen.first && active.line < seen.last && shown.some(({ index }) => index === active.column);
  return (
    <div
      ref={box}
      role="grid"
      aria-label={label}
      aria-readonly={readOnly || undefined}
      aria-multiselectable="true"
      aria-rowcount={lines.length + 2}
      aria-colcount={columns.length}
      aria-activedescendant={isDrawn ? `${id}-${active.line}-${active.column}` : undefined}
      tabIndex={0}
      className={classes.sheet}
      style={{ maxHeight: `max(${HEAD_PX + FOOT_PX + 6 * lineHeight}px, calc(100dvh - var(--around)))` }}
      onKeyDown={onKeyDown}
      onCopy={(event) => editing === null && copySelection(event, book, placesIn(lines, columns, selection))}
      onPaste={(event) => {
        if (editing !== null || readOnly) return;
        event.preventDefault();
        paste(event.clipboardData.getData('text/plain'));
      }}
    >
      <SheetHead
        columns={shown}
        skipped={skipped}
        total={total}
        book={book}
        height={HEAD_PX}
        lockIcon={<IconLock size={14} aria-hidden="true" />}
      />
      <div role="rowgroup" className={classes.body} style={{ height: lines.length * lineHeight, width: total }}>
        {lines.slice(seen.first, seen.last).map((line, i) => {
          const index = seen.first + i;
          const isActive = index === active.line;
          const inRange = index >= range.top && index <= range.bottom;
          return (
            <SheetRow
              key={index}
              book={book}
              line={line}
              index={index}
              top={index * lineHeight}
              height={lineHeight}
              columns={shown}
              skipped={skipped}
              total={total}
              active={isActive ? active.column : -1}
              from={inRange && hasMany ? range.left : -1}
              to={inRange && hasMany ? range.right : -1}
              editor={
                isActive && editing !== null && activePlace ? (
                  <CellEditor
                    label={words.grid.cellName(rowName(activePlace.row), words.time.inText(activePlace.month))}
                    editing={editing}
                    onCommit={(text, move) => commit(text, move && target(move))}
                    onCancel={() => {
                      setEditing(null);
                      box.current?.focus({ preventScroll: true });
                    }}
                  />
                ) : null
              }
              version={version}
              words={words}
              id={id}
              below={below}
              onPointer={onPointer}
              onOpen={onOpen}
            />
          );
        })}
      </div>
      <div role="rowgroup" className={classes.foot} style={{ width: total }}>
        <div role="row" aria-rowindex={lines.length + 2} className={classes.footRow} style={{ height: FOOT_PX }}>
          {shown.map(({ column, index }, i) => {
            const name = book.units.length > 1 ? words.grid.totalAll : words.grid.totalUnit;
            const cell = sumCell(book, book.total, 0, column, words, book.units.length > 1 ? never : below, name);
            return (
              <div
                key={index}
                role={column.kind === 'name' ? 'rowheader' : 'gridcell'}
                aria-colindex={index + 1}
                aria-readonly={column.kind === 'name' ? undefined : true}
                className={`${classes.cell} ${column.kind === 'name' ? classes.name : classes.figure} ${cell.className}`}
                style={{ width: column.width, marginLeft: i === 1 ? skipped : 0 }}
              >
                {cell.content}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );

  function target(move: 'down' | 'up' | 'right' | 'left'): Spot {
    if (move === 'right' || move === 'left') {
      const column = active.column + (move === 'right' ? 1 : -1);
      return { ...active, column: Math.max(1, Math.min(columns.length - 1, column)) };
    }
    return { ...active, line: nextRowLine(lines, active.line, move === 'down' ? 1 : -1) };
  }

  function rowName(row: number): string {
    const found = book.rows[row];
    return found ? `${found.projectName}, ${found.sourceName}` : '';
  }
}

/** Several units together are compared with no average. */
const never = (): boolean => false;

/** The name always, and of the figures those within the box: wide years stay smooth. */
function shownColumns(columns: readonly SheetColumn[], left: number, width: number): ShownColumn[] {
  const name = columns[0]?.width ?? 0;
  let x = name;
  return columns.flatMap((column, index) => {
    if (index === 0) return [{ column, index }];
    const from = x;
    x += column.width;
    const isSeen = width === 0 || (x > left + name - 80 && from < left + width + 120);
    return isSeen ? [{ column, index }] : [];
  });
}
