import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { GridBook } from './grid-book';
import type { CellPlace } from './grid-types';
import { writeMillions } from './read-amount';
import type { SheetColumn, SheetLine } from './sheet-layout';

/** Where in the sheet: a line and a column, as drawn. */
export interface Spot {
  line: number;
  column: number;
}

export interface Selection {
  active: Spot;
  /** The other corner; the same spot when nothing more is selected. */
  anchor: Spot;
}

export interface Editing {
  text: string;
  /** Begun by typing: arrows leave the cell. Begun by F2: they move the caret. */
  byTyping: boolean;
}

/** The rectangle of a selection, first and last included. */
export function rangeOf({ active, anchor }: Selection): { top: number; bottom: number; left: number; right: number } {
  return {
    top: Math.min(active.line, anchor.line),
    bottom: Math.max(active.line, anchor.line),
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column),
  };
}

/** The cell of the book at a spot; undefined on sums, names and plans. */
export function placeAt(
  lines: readonly SheetLine[],
  columns: readonly SheetColumn[],
  spot: Spot,
): CellPlace | undefined {
  const line = lines[spot.line];
  const column = columns[spot.column];
  return line?.kind === 'row' && column?.kind === 'month' ? { row: line.row, month: column.month } : undefined;
}

/** Cells of the book within a selection, line by line. */
export function placesIn(
  lines: readonly SheetLine[],
  columns: readonly SheetColumn[],
  selection: Selection,
): CellPlace[][] {
  const { top, bottom, left, right } = rangeOf(selection);
  const found: CellPlace[][] = [];
  for (let line = top; line <= bottom; line++) {
    const places = [];
    for (let column = left; column <= right; column++) {
      const place = placeAt(lines, columns, { line, column });
      if (place) places.push(place);
    }
    if (places.length > 0) found.push(places);
  }
  return found;
}

const STEPS: Record<string, [line: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Where a key moves to, as in Excel; undefined for keys that do not move. */
export function moved(
  event: KeyboardEvent,
  from: Spot,
  lines: number,
  columns: number,
  page: number,
): Spot | undefined {
  const far = event.ctrlKey || event.metaKey;
  const within = ({ line, column }: Spot): Spot => ({
    line: Math.max(0, Math.min(lines - 1, line)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  const step = STEPS[event.key];
  if (step) {
    const size = far ? Math.max(lines, columns) : 1;
    return within({ line: from.line + step[0] * size, column: from.column + step[1] * size });
  }
  switch (event.key) {
    case 'Home':
      return within({ line: far ? 0 : from.line, column: 0 });
    case 'End':
      return within({ line: far ? lines : from.line, column: columns });
    case 'PageUp':
      return within({ line: from.line - page, column: from.column });
    case 'PageDown':
      return within({ line: from.line + page, column: from.column });
    default:
      return undefined;
  }
}

/** The next line that takes money, so that Enter skips the sums of projects. */
export function nextRowLine(lines: readonly SheetLine[], from: number, step: 1 | -1): number {
  for (let line = from + step; line >= 0 && line < lines.length; line += step)
    if (lines[line]?.kind === 'row') return line;
  return from;
}

/** Puts the selected figures on the clipboard as Excel reads them: triệu đồng, exact, sums left out. */
export function copySelection(event: ClipboardEvent, book: GridBook, places: readonly (readonly CellPlace[])[]): void {
  if (places.length === 0) return;
  event.preventDefault();
  const text = places
    .map((row) =>
      row
        .map((place) => {
          const shown = book.shown(place);
          return shown === null ? '' : writeMillions(shown);
        })
        .join('\t'),
    )
    .join('\n');
  event.clipboardData.setData('text/plain', text);
}

/** A key that begins a figure. */
export function beginsFigure(event: KeyboardEvent): boolean {
  return /^[\d.,\-+(\u2212]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
}
