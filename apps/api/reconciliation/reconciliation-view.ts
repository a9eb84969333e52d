import { dongToJson, Month, type Actor } from '#libs/kernel';
import type {
  Difference,
  ReconciliationHistory,
  ReconciliationState,
  ResolutionRow,
  SeenDifference,
  SignOffState,
  StatementHead,
} from '#libs/reconciliation';
import type {
  DifferenceDto,
  ReconciliationDto,
  ReconciliationHistoryDto,
  ResolutionDto,
  SeenDifferenceDto,
  SignOffStateDto,
  StatementHeadDto,
} from './reconciliation.dto.js';

export function statementView(head: StatementHead | null): StatementHeadDto | null {
  if (!head) return null;
  const { version, asOf, documentNo, importedAt, importedBy } = head;
  return { version, asOf, documentNo, importedAt: importedAt.toISOString(), importedBy };
}

export function signOffView({ state, at, by, staleBecause }: SignOffState): SignOffStateDto {
  return { state, at: at?.toISOString() ?? null, by, staleBecause };
}

export function stateView(
  month: Month,
  monthState: string,
  state: ReconciliationState,
  illustrative: boolean,
): ReconciliationDto {
  const { cells, matched, differences, open, lapsed, accepted, corrected } = state;
  return {
    month: month.toString(),
    end: month.end,
    monthState,
    illustrative,
    statement: statementView(state.statement),
    cells,
    matched,
    differences,
    open,
    lapsed,
    accepted,
    corrected,
    booksDong: dongToJson(state.books),
    treasuryDong: dongToJson(state.treasury),
    matchedDong: dongToJson(state.matchedAmount),
    signOff: signOffView(state.signOff),
  };
}

export function differenceView(
  row: Difference,
  { planYear }: Month,
  sourceNames: ReadonlyMap<string, string>,
): DifferenceDto {
  const { counterpart, cause } = row.suggestion;
  return {
    key: row.project,
    project: row.projectCode === null ? null : { code: row.projectCode, name: row.projectName ?? row.projectCode },
    nationalCode: row.nationalCode,
    printedName: row.printedName,
    unit: row.unitCode === null ? null : { code: row.unitCode, name: row.unitName ?? row.unitCode },
    source: { code: row.sourceCode, name: row.sourceName },
    carriedOver: row.carriedOver,
    booksDong: dongToJson(row.books),
    treasuryDong: dongToJson(row.treasury),
    differenceDong: dongToJson(row.books - row.treasury),
    booksRecoveredDong: dongToJson(row.booksRecovered),
    treasuryRecoveredDong: dongToJson(row.treasuryRecovered),
    treasuryAdvanceDong: dongToJson(row.treasuryAdvance),
    cause,
    counterpart: counterpart && {
      month: Month.of(planYear, counterpart.month).toString(),
      source: { code: counterpart.sourceCode, name: sourceNames.get(counterpart.sourceCode) ?? counterpart.sourceCode },
      carriedOver: counterpart.carriedOver,
      booksDong: dongToJson(counterpart.books),
      treasuryDong: dongToJson(counterpart.treasury),
    },
    state: row.state as DifferenceDto['state'],
    resolution: row.resolution && resolutionView(row.resolution, planYear),
  };
}

function resolutionView(row: ResolutionRow, planYear: number): ResolutionDto {
  return {
    id: row.id,
    project: { code: row.project, name: row.projectName ?? row.project.replace(/^KB:/, '') },
    sourceCode: row.sourceCode,
    carriedOver: row.carriedOver,
    kind: row.kind,
    cause: row.cause,
    note: row.note,
    booksDong: dongToJson(row.books),
    treasuryDong: dongToJson(row.treasury),
    entries: row.entries.map(({ id, month, amount }) => ({
      id,
      month: Month.of(planYear, month).toString(),
      amountDong: dongToJson(amount),
    })),
    at: row.recordedAt.toISOString(),
    by: row.recordedBy,
  };
}

export function historyView(
  { statements, resolutions, signOffs }: ReconciliationHistory,
  { planYear }: Month,
  actor: Actor,
): ReconciliationHistoryDto {
  return {
    statements: statements.map(({ lines, version, asOf, documentNo, importedAt, importedBy }) => ({
      version,
      asOf,
      documentNo,
      importedAt: importedAt.toISOString(),
      importedBy,
      lines: actor.units === 'all' ? lines : null,
    })),
    resolutions: resolutions.map((row) => resolutionView(row, planYear)),
    signOffs: signOffs.map(({ recordedAt, recordedBy, ...rest }) => ({
      ...rest,
      at: recordedAt.toISOString(),
      by: recordedBy,
    })),
  };
}

export function seenOf(seen: SeenDifferenceDto): SeenDifference {
  const { key, sourceCode, carriedOver, booksDong, treasuryDong } = seen;
  return { project: key, sourceCode, carriedOver, books: BigInt(booksDong), treasury: BigInt(treasuryDong) };
}
