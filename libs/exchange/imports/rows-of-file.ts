import type { EntityManager } from 'typeorm';
import { DomainError, systemClock, type Actor, type ErrorFacts } from '#libs/kernel';
import {
  KIND_SPECS,
  openSheet,
  problemFacts,
  readRows,
  type CanonicalRow,
  type CellProblem,
  type ImportKind,
  type OpenedSheet,
  type ReadingChoices,
  type ReadingSummary,
  type RememberedColumn,
} from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import { ImportMapping, type ImportBatch, type ImportReading } from './import-batch.entity.js';
import { listsFor } from './name-lists.js';

/** Rows that travel together. */
export interface RowBatch {
  rows: CanonicalRow[];
  /** Rows with a problem, as far as they were understood. */
  refused: CanonicalRow[];
  problems: CellProblem[];
  /** Rows of the sheet so far. */
  readRows: number;
  /** With the last batch. */
  reading?: ImportReading;
}

/** A file whose columns do not say enough: what was recognised goes back to the sender, to be completed. */
export class FileRefused extends DomainError {
  constructor(
    code: string,
    facts: ErrorFacts,
    readonly reading: ImportReading,
    readonly problemsFound: { column: number | null; code: string; facts: ErrorFacts }[],
  ) {
    super(code, facts);
  }
}

/**
 * The rows of any workbook or csv in the words of product.md. A layout that the titles do not tell is read as the
 * sender mapped it, now or, where the titles are the same, the last time; a mapping that was used is kept for that.
 */
export async function* rowsOfFile(
  tx: EntityManager,
  sender: Actor,
  batch: ImportBatch,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<RowBatch> {
  const { kind, choices } = batch;
  const spec = KIND_SPECS[kind];
  const opened = await openSheet(bytes, batch.fileName);
  const remembered = (await mappingOf(tx, sender, kind))?.mapping;
  const reading: ReadingChoices = {
    lists: await listsFor(tx, sender, kind),
    ...(choices.amountUnit ? { amountUnit: choices.amountUnit } : {}),
    ...(choices.decimal ? { decimal: choices.decimal } : {}),
    ...(choices.constants ? { constants: choices.constants } : {}),
    ...(choices.mapping ? { mapping: choices.mapping } : {}),
    ...(remembered ? { remembered } : {}),
  };
  let ambiguousAmounts = 0;
  for await (const { summary, ...part } of readRows(opened, spec, reading)) {
    ambiguousAmounts += part.problems.filter(({ code }) => code === 'amount-ambiguous').length;
    const told = summary && { ...readingOf(opened, summary, batch), ambiguousAmounts };
    if (summary && told && !summary.readable) {
      const problems = part.problems.map((problem) => ({ ...problem, facts: problemFacts(problem, spec, summary) }));
      throw new FileRefused(problems[0]?.code ?? 'header-not-found', problems[0]?.facts ?? {}, told, problems);
    }
    if (told && choices.mapping) await keepMapping(tx, sender, kind, titled(choices.mapping, told, remembered));
    yield { ...part, ...(told ? { reading: told } : {}) };
  }
}

/** The mapping that the sender last used for files of the kind. */
export async function mappingOf(tx: EntityManager, sender: Actor, kind: ImportKind): Promise<ImportMapping | null> {
  return tx.findOneBy(ImportMapping, { username: sender.username, kind });
}

/** The mapping with its titles, and what was remembered of this very layout before. */
function titled(
  mapping: Record<string, string>,
  { columns }: ImportReading,
  before: Record<string, RememberedColumn> = {},
): Record<string, RememberedColumn> {
  const titles = new Map(columns.map(({ column, title }) => [String(column), title]));
  const isSame = Object.entries(before).every(([column, { title }]) => titles.get(column) === title);
  const told = Object.entries(mapping).map(([column, field]) => [column, { title: titles.get(column) ?? '', field }]);
  return { ...(isSame ? before : {}), ...(Object.fromEntries(told) as Record<string, RememberedColumn>) };
}

async function keepMapping(
  tx: EntityManager,
  { username }: Actor,
  kind: ImportKind,
  mapping: Record<string, RememberedColumn>,
): Promise<void> {
  await tx.upsert(ImportMapping, { username, kind, mapping, savedAt: systemClock.now() }, ['username', 'kind']);
}

function readingOf(
  { format, name }: OpenedSheet,
  summary: ReadingSummary,
  { choices, kind }: ImportBatch,
): Omit<ImportReading, 'ambiguousAmounts'> {
  if (kind === 'disbursements' && summary.cumulative && choices.cumulative === false)
    throw new DomainError<ImportErrorCode>('import-cumulative-conflict');
  const { header } = summary;
  const columns = [
    ...summary.columns.map(({ column, title, field, states }) => ({
      column,
      title,
      field: [field, ...Object.entries(states).map(([name, value]) => `${name}=${value}`)].join(';'),
      use: 'field' as const,
    })),
    ...summary.unknownColumns.map((column) => ({ ...column, field: null, use: 'unknown' as const })),
    ...summary.passedOverColumns.map((column) => ({ ...column, field: null, use: 'passed-over' as const })),
    ...summary.totalColumns.map((column) => ({ ...column, field: null, use: 'total' as const })),
  ];
  return {
    format,
    sheet: format === 'xlsx' ? name : null,
    mode: 'rows',
    cumulative: kind === 'disbursements' && (choices.cumulative ?? summary.cumulative),
    amountUnit: summary.amountUnit,
    amountUnitStatedAt: summary.amountUnitStatedAt,
    headerRows: header ? Array.from({ length: header.last - header.first + 1 }, (_, i) => header.first + i) : [],
    columns: columns.sort((a, b) => a.column - b.column),
    stated: Object.fromEntries(summary.stated.map(({ field, value }) => [field, value])),
    assumed: { ...summary.assumed },
    ignored: {
      titles: summary.titles.length,
      groups: summary.groups.length,
      totals: summary.totals.length,
      withoutAmount: summary.linesWithoutAmount,
    },
    hiddenRows: summary.hiddenRows,
    formulas: summary.formulas,
  };
}
