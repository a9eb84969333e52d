import { fold } from '../format/fold';
import type { BookRow, GridBook } from './grid-book';
import type { CellPlace } from './grid-types';
import { type DecimalMark, detectMark, detectUnit, type MoneyUnit, readAmount } from './read-amount';

/** Cells as Excel puts them on the clipboard: tabs and lines, quotes around what holds either. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let i = 0; i < source.length; i++) {
    const character = source[i] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[i + 1] === '"') cell += source[++i] as string;
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === '\t') endCell();
    else if (character === '\n') {
      endCell();
      rows.push([]);
    } else cell += character;
  }
  endCell();
  return rows;
}

/** A figure of the pasted block and the cell it means. */
export interface PastedFigure {
  /** Where it goes; absent when the row was not found in the books or is no row of them. */
  place: CellPlace | undefined;
  project: string;
  source: string;
  text: string;
  /** Of a figure without a place: what is wrong. */
  fault?: 'row-unknown' | 'no-row-left' | 'total';
}

export interface PastedBlock {
  figures: PastedFigure[];
  unit: MoneyUnit;
  mark: DecimalMark;
  /** Rows of the block that carry figures. */
  rows: number;
}

const FIGURE = /^\(?[-+\u2212]?\s*\d[\d.,\s\u00a0\u202f]*\)?\s*(đ|đồng|vnđ|₫)?$/iu;
const isFigure = (text: string): boolean => FIGURE.test(text.trim());
/** Meant as a figure although it is not one: "1.2O4,5". */
const isAlmostFigure = (text: string): boolean => /\d/.test(text) && /^[\d.,\sO olI()+\u2212-]+$/.test(text.trim());
const isTotal = (label: string): boolean => /^(tong|cong|tong cong|cong don vi)\b/.test(fold(label));

/**
 * Finds out what a pasted block means: figures alone go down from the active cell over the rows that take money;
 * where names or codes stand before them, each row goes to its project and source, a project's name serving the rows
 * below it. A head such as "T9" or "Tháng 10" chooses the months.
 */
export function readBlock(
  book: GridBook,
  table: readonly string[][],
  /** Rows that take money in the order of the screen, from the active one on. */
  rowsFrom: readonly number[],
  months: readonly number[],
): PastedBlock {
  const width = Math.max(...table.map((row) => row.length));
  const labels = labelColumns(table);
  const headCount = table.findIndex(isDataRow);
  const head = table.slice(0, Math.max(headCount, 0));
  const body = table.slice(Math.max(headCount, 0));
  const monthAt = monthsOf(head, labels, width, months);
  const figures: PastedFigure[] = [];
  const finder = new RowFinder(book);
  let taken = 0;
  let rows = 0;
  for (const names of head) finder.remember(names.slice(0, labels));
  for (const cells of body) {
    const names = cells.slice(0, labels).map((cell) => cell.trim());
    const values = cells.slice(labels);
    if (values.every((cell) => cell.trim() === '')) {
      if (labels > 0) finder.remember(names);
      else taken += 1;
      continue;
    }
    rows += 1;
    const found = labels > 0 ? finder.find(names) : { row: rowsFrom[taken++] };
    values.forEach((text, column) => {
      const month = monthAt[column];
      if (text.trim() === '' || month === undefined) return;
      const row = found.row === undefined ? undefined : book.rows[found.row];
      figures.push({
        place: found.row === undefined ? undefined : { row: found.row, month },
        project: row?.projectName ?? names[0] ?? '',
        source: row?.sourceName ?? names[1] ?? '',
        text: text.trim(),
        ...(found.row === undefined
          ? {
              fault:
                labels === 0
                  ? ('no-row-left' as const)
                  : names.some(isTotal)
                    ? ('total' as const)
                    : ('row-unknown' as const),
            }
          : {}),
      });
    });
  }
  const texts = figures.map(({ text }) => text);
  return { figures, rows, unit: detectUnit(head.flat(), texts), mark: detectMark(texts) };
}

const isText = (cell: string | undefined): boolean =>
  cell !== undefined && /\p{L}{2}/u.test(cell) && !isFigure(cell) && !isAlmostFigure(cell);

/** A row that ends in a figure: names, if any, stand before it. */
function isDataRow(row: readonly string[]): boolean {
  const last = row.findLast((cell) => cell.trim() !== '');
  return last !== undefined && (isFigure(last) || isAlmostFigure(last));
}

/** How many columns come before the figures: up to the last one that holds names (numbers and codes before it too). */
function labelColumns(table: readonly string[][]): number {
  return Math.max(0, ...table.filter(isDataRow).map((row) => row.findLastIndex(isText) + 1));
}

/** The month of each column of figures: from the head, else the months from the active one on. */
function monthsOf(
  head: readonly string[][],
  labels: number,
  width: number,
  months: readonly number[],
): (number | undefined)[] {
  const columns = Array.from({ length: width - labels }, (_, i) => {
    for (const row of head) {
      const found = /^\s*(?:t|tháng|thang|month)\s*\.?\s*(\d{1,2})\b/iu.exec(row[labels + i] ?? '');
      if (found) return Number(found[1]);
    }
    return undefined;
  });
  return columns.some((month) => month !== undefined) ? columns : columns.map((_, i) => months[i]);
}

/** Rows of the books by the names and codes that people write. */
class RowFinder {
  private readonly byProject = new Map<string, number[]>();
  private readonly sources = new Set<string>();
  private project: number[] | undefined;

  constructor(private readonly book: GridBook) {
    book.rows.forEach((row, i) => {
      if (row.projectCode === null) return;
      this.sources.add(fold(row.sourceName)).add(fold(row.sourceCode));
      for (const name of [row.projectName, row.projectCode]) {
        const key = fold(name);
        const rows = this.byProject.get(key);
        if (rows) rows.push(i);
        else this.byProject.set(key, [i]);
      }
    });
  }

  /** A row of names without figures: its project serves the rows below. */
  remember(names: readonly string[]): void {
    for (const name of names) {
      const rows = this.byProject.get(fold(name));
      if (rows) this.project = rows;
    }
  }

  find(names: readonly string[]): { row: number | undefined } {
    const folded = names.map(fold).filter((name) => name !== '');
    const named = folded.map((name) => this.byProject.get(name)).find((rows) => rows !== undefined);
    const saidSource = folded.filter((name) => this.sources.has(withoutCarried(name)));
    // Words that are neither a project nor a source of the books: another project, whose row this is not.
    const isStrange = folded.some(
      (name) => /\p{L}{2}/u.test(name) && !this.byProject.has(name) && !saidSource.includes(name),
    );
    if (isStrange) {
      this.project = undefined;
      return { row: undefined };
    }
    const rows = named ?? this.project;
    this.project = rows;
    if (saidSource.length === 0) return { row: named?.length === 1 ? named[0] : undefined };
    const ofSource = rows?.filter((i) => saidSource.some((name) => namesSource(this.book.rows[i], name))) ?? [];
    return { row: preferOwnYear(this.book, ofSource, folded) };
  }
}

function withoutCarried(folded: string): string {
  return folded.replace(/[,·;(]?\s*(von )?keo dai\)?$/, '').trim();
}

function namesSource(row: BookRow | undefined, folded: string): boolean {
  const plain = withoutCarried(folded);
  return row !== undefined && (plain === fold(row.sourceName) || plain === fold(row.sourceCode));
}

/** Capital carried over is meant only where somebody says so. */
function preferOwnYear(book: GridBook, rows: readonly number[], folded: readonly string[]): number | undefined {
  const meansCarried = folded.some((name) => /keo dai/.test(name));
  return rows.find((i) => book.rows[i]?.carriedOver === meansCarried);
}

export type FigureKind = 'new' | 'changed' | 'same' | 'reason' | 'rejected' | 'skipped';

export interface ComparedFigure extends PastedFigure {
  kind: FigureKind;
  before: bigint | null;
  after: bigint | null;
  problem: 'row-unknown' | 'no-row-left' | 'not-a-number' | 'not-whole' | 'too-large' | 'locked' | 'twice' | null;
}

/** What saving the block would do to each cell. */
export function compareBlock(
  book: GridBook,
  block: Pick<PastedBlock, 'figures'>,
  unit: MoneyUnit,
  mark: DecimalMark,
): ComparedFigure[] {
  const seen = new Set<string>();
  return block.figures.map((figure): ComparedFigure => {
    const { place, fault, text } = figure;
    const before = place ? book.shown(place) : null;
    const rejected = (problem: ComparedFigure['problem']): ComparedFigure => ({
      ...figure,
      kind: 'rejected',
      before,
      after: null,
      problem,
    });
    if (fault === 'total') return { ...figure, kind: 'skipped', before, after: null, problem: null };
    if (!place) return rejected(fault ?? 'row-unknown');
    const read = readAmount(text, unit, mark);
    if ('fault' in read)
      return read.fault === 'empty'
        ? { ...figure, kind: 'skipped', before, after: null, problem: null }
        : rejected(read.fault);
    const { amount: after } = read;
    if (!book.mayType(place))
      return after === (before ?? 0n) ? { ...figure, kind: 'same', before, after, problem: null } : rejected('locked');
    if (seen.has(book.key(place))) return rejected('twice');
    seen.add(book.key(place));
    const kind =
      after === (before ?? 0n) ? 'same' : after < book.booked(place) ? 'reason' : before === null ? 'new' : 'changed';
    return { ...figure, kind, before, after, problem: null };
  });
}
