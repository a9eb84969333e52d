import { CellReader } from './cell-reader.js';
import { constantsOf } from './constants-of-file.js';
import { decimalSignProvedBy, type DecimalSign } from './number-text.js';
import { NameLists } from './name-lists.js';
import { tidyText } from './plain-title.js';
import type {
  CellProblem,
  KindSpec,
  OpenedSheet,
  ReadingChoices,
  ReadingSummary,
  SheetBatch,
  SheetRow,
} from './sheet.js';
import { CELL_TEXT } from './sheet.js';
import { layoutOf, type TableLayout } from './table-layout.js';
import { TableReader } from './table-reader.js';

/** Rows looked at before the first is read: header, unit, decimal sign. */
const ROWS_AHEAD = 1_000;

/**
 * Reads a sheet as one kind of file, in batches, in constant memory. Every batch brings canonical rows and problems of
 * its rows; a row with a problem brings no canonical row. The last batch carries the summary. Where the columns do not
 * say enough, there is one batch, without rows, whose problems say what is missing and whose summary is not readable.
 * Throws DomainError<SheetErrorCode> for what only shows further down a file (bytes that are not UTF-8 …).
 */
export async function* readRows(
  opened: OpenedSheet,
  spec: KindSpec,
  choices: ReadingChoices = {},
): AsyncGenerator<SheetBatch> {
  const batches = opened.batches[Symbol.asyncIterator]();
  try {
    const ahead: SheetRow[] = [];
    while (ahead.length < ROWS_AHEAD) {
      const next = await batches.next();
      if (next.done) break;
      ahead.push(...next.value);
    }
    const lists = new NameLists(choices.lists);
    const layout = layoutOf(ahead, opened.merges, spec, choices, lists);
    const at = layout?.header.last ?? 0;
    if (!layout) {
      yield unreadable(undefined, ahead, opened, [headerNotFound(spec)]);
      return;
    }
    const reader = new CellReader(lists, decimalSign(opened, layout, ahead, choices.decimal));
    const constants = constantsOf(spec, layout, choices, reader, lists, ahead);
    const problems = [...layout.problems, ...constants.problems];
    if (problems.length > 0) {
      yield unreadable(layout, ahead, opened, problems);
      return;
    }
    const table = new TableReader(opened, spec, layout, reader, lists, constants);
    yield table.read(ahead.filter(({ row }) => row > at));
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield table.read(next.value);
    yield table.finish();
  } finally {
    await batches.return?.();
  }
}

function headerNotFound(spec: KindSpec): CellProblem {
  const titles = spec.fields
    .filter(({ required, assumed }) => required && assumed === undefined)
    .map(({ titles }) => titles[0] as string);
  return { row: 0, column: null, code: 'header-not-found', facts: { kind: spec.kind, titles: titles.join(', ') } };
}

/** What was understood of a file that cannot be read yet. */
function unreadable(
  layout: TableLayout | undefined,
  ahead: readonly SheetRow[],
  opened: OpenedSheet,
  problems: CellProblem[],
): SheetBatch {
  const summary: ReadingSummary = {
    readable: false,
    header: layout ? { first: layout.header.first, last: layout.header.last } : null,
    columns: layout?.columns ?? [],
    unknownColumns: layout ? layout.unknown : columnsToTell(ahead),
    passedOverColumns: layout?.passedOver ?? [],
    totalColumns: [],
    amountUnit: layout?.unit ?? 'dong',
    amountUnitStatedAt: layout?.unitStatedAt ?? null,
    cumulative: layout?.cumulative ?? false,
    stated: layout?.stated ?? [],
    assumed: {},
    lines: 0,
    linesWithoutAmount: 0,
    titles: [],
    groups: [],
    totals: [],
    blankRows: 0,
    hiddenRows: opened.hiddenRows,
    formulas: 0,
  };
  return { rows: [], problems, refused: [], readRows: ahead.length, summary };
}

/** Where no header was found, its sender may still say what the columns are: those of the first row that is fullest. */
function columnsToTell(ahead: readonly SheetRow[]): { column: number; title: string }[] {
  const filled = ahead.map(({ cells }) =>
    cells.flatMap((cell, column) => (cell === '' ? [] : [{ column, title: tidyText(cell) }])),
  );
  return filled.reduce((fullest, row) => (row.length > fullest.length ? row : fullest), []);
}

/**
 * Which sign stands before decimals: the sender's word, else what amounts of the first rows prove. A file whose cells
 * prove both leaves it open, and a semicolon between cells proves a comma within them, as Excel writes it.
 */
function decimalSign(
  opened: OpenedSheet,
  layout: TableLayout,
  ahead: readonly SheetRow[],
  chosen: DecimalSign | undefined,
): DecimalSign | undefined {
  if (chosen) return chosen;
  const columns = [
    ...layout.fields.filter(({ field }) => field.type === 'amount'),
    ...layout.amounts,
    ...layout.totals,
  ].map(({ column }) => column);
  const proved = new Set<DecimalSign>();
  for (const { row, cells, forms } of ahead) {
    if (row <= layout.header.last) continue;
    for (const column of columns) {
      const sign = (forms?.[column] ?? CELL_TEXT) === CELL_TEXT ? decimalSignProvedBy(cells[column] ?? '') : undefined;
      if (sign) proved.add(sign);
    }
  }
  if (proved.size === 1) return [...proved][0];
  return proved.size === 0 && opened.separator === ';' ? ',' : undefined;
}
