import type { GridBook } from './grid-book';
import { MONTHS } from './grid-book';

/** A line of the sheet: a unit's head, a project with its sum, or a row that may take money. */
export type SheetLine =
  { kind: 'unit'; unit: number } | { kind: 'project'; group: number; unit: number } | { kind: 'row'; row: number };

export type SheetColumn =
  | { kind: 'name' | 'province' | 'pm' | 'cumulative' | 'rate'; width: number }
  | { kind: 'month'; month: number; width: number };

/** Columns of figures keep their width, the name takes what is left: the eye must not lose the row. */
const WIDTH = { plan: 104, month: 92, working: 124, cumulative: 104, rate: 72 };
const NAME = { least: 216, most: 420, phone: 148 };
/** Closed months shown beside the working one before "show all". */
const MONTHS_BACK = 3;

/** Lines in the order of the page; a unit's head only where there are several units. */
export function linesOf(book: GridBook): SheetLine[] {
  const lines: SheetLine[] = [];
  let [unit, group] = [-1, -1];
  book.rows.forEach((row, index) => {
    if (row.unit !== unit) {
      unit = row.unit;
      if (book.units.length > 1) lines.push({ kind: 'unit', unit });
    }
    if (row.group !== group) {
      group = row.group;
      lines.push({ kind: 'project', group, unit });
    }
    lines.push({ kind: 'row', row: index });
  });
  return lines;
}

/** Months shown: the working one and the three before it, whatever else is open because it was reopened, or all. */
export function monthsShown(book: GridBook, showsAll: boolean, isPhone: boolean): number[] {
  const { month: working, months } = book.data;
  return months
    .filter(({ number, state }) => {
      if (showsAll) return true;
      if (isPhone) return number === working;
      return (number > working - MONTHS_BACK - 1 && number <= working) || state === 'reopened';
    })
    .map(({ number }) => number);
}

/** Room for a figure of tabular digits: none is ever cut. */
const widthFor = (amount: bigint, least: number): number =>
  Math.max(
    least,
    24 + 8 * (amount / 1_000_000n).toString().length + 4 * Math.floor((amount / 1_000_000n).toString().length / 3),
  );

export function columnsOf(
  book: GridBook,
  months: readonly number[],
  room: number,
  showsAll: boolean,
  isPhone: boolean,
): SheetColumn[] {
  const columns: SheetColumn[] = [];
  const { months: sums, planProvince } = book.total;
  const plan = widthFor(planProvince ?? 0n, WIDTH.plan);
  if (!isPhone || showsAll) columns.push({ kind: 'province', width: plan });
  if (showsAll || room > 1500) columns.push({ kind: 'pm', width: plan });
  for (const month of months)
    columns.push({
      kind: 'month',
      month,
      width: widthFor(sums[month] ?? 0n, month === book.data.month && !isPhone ? WIDTH.working : WIDTH.month),
    });
  columns.push(
    {
      kind: 'cumulative',
      width: widthFor(cumulative(sums, book.data.month), isPhone ? WIDTH.month : WIDTH.cumulative),
    },
    { kind: 'rate', width: WIDTH.rate },
  );
  const figures = columns.reduce((sum, { width }) => sum + width, 0);
  const name = isPhone ? NAME.phone : Math.min(NAME.most, Math.max(NAME.least, room - figures));
  const spare = room - figures - name;
  // On a wide screen the months grow, the name does not.
  const growing = columns.filter(({ kind }) => kind === 'month').length;
  return [
    { kind: 'name', width: name },
    ...columns.map((column) =>
      column.kind === 'month' && spare > 0 ? { ...column, width: column.width + Math.floor(spare / growing) } : column,
    ),
  ];
}

/** What a line adds up to by the end of the working month. */
export function cumulative(months: readonly (bigint | null)[], throughMonth: number): bigint {
  let sum = 0n;
  for (let month = 1; month <= Math.min(throughMonth, MONTHS); month++) sum += months[month] ?? 0n;
  return sum;
}
