import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { isIsoDate, Month, parseDong, type Actor, type FieldProblem, type RowOutcome } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import type { StatementProblemCode } from './errors.js';
import {
  compareWithNewest,
  holdMonth,
  requireDepartment,
  storeStatement,
  type NewStatement,
} from './import-statement.js';
import { lineProblems, type NewTreasuryLine } from './statement-lines.js';

/** A row of a treasury file, cells as text, trimmed; an empty cell is ''. */
export interface TreasuryRow {
  plan_year: string;
  month: string;
  national_code: string;
  unit_code: string;
  project_name: string;
  source_code: string;
  /** 0 or 1; empty is 0. */
  carried_over: string;
  amount_vnd: string;
  /** Empty is 0, as the next. */
  advance_vnd: string;
  advance_recovered_vnd: string;
  document_no: string;
  statement_date: string;
}

/** Which column of the file a field of a line comes from. */
const COLUMN: Record<keyof NewTreasuryLine, keyof TreasuryRow> = {
  nationalCode: 'national_code',
  unitCode: 'unit_code',
  projectName: 'project_name',
  sourceCode: 'source_code',
  carriedOver: 'carried_over',
  amount: 'amount_vnd',
  advance: 'advance_vnd',
  advanceRecovered: 'advance_recovered_vnd',
};

type Problems = FieldProblem[];

/**
 * The rows of a treasury file, as part of the caller's transaction: the statement of each month they name, whole or
 * not at all, because a statement short of a line would be another statement. The same statement again writes nothing.
 * Outcomes in the order of the rows.
 */
export async function applyTreasuryRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly TreasuryRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  requireDepartment(actor);
  const read = rows.map(readRow);
  const outcomes: RowOutcome[] = read.map(({ problems }, row) => ({ row, outcome: 'rejected', problems }));
  for (const [text, at] of groupBy(read, ({ month }) => month?.toString())) {
    const own = at.map((row) => ({ ...(read[row] as ReadRow), row }));
    const month = Month.parse(text);
    if (!(await tx.existsBy(ReportingMonth, { planYear: month.planYear, month: month.number }))) {
      for (const { problems } of own)
        problems.push({ pointer: '/month', code: 'month-not-opened', facts: { month: text } });
      continue;
    }
    for (const { line, field, code, facts } of await lineProblems(
      tx,
      own.map(({ line }) => line),
    ))
      // What could not be read was told so already.
      if (!own[line]?.problems.some(({ pointer }) => pointer === `/${COLUMN[field]}`))
        own[line]?.problems.push({
          pointer: `/${COLUMN[field]}`,
          code,
          facts: code === 'statement-line-double' ? rowNumbers(facts, own) : facts,
        });
    const head = headOf(own);
    const wrong = own.find(({ problems }) => problems.length > 0);
    if (wrong) {
      for (const { problems } of own)
        if (problems.length === 0)
          problems.push(problem('/national_code', 'statement-has-wrong-lines', { month: text, row: wrong.row + 1 }));
      continue;
    }
    const statement: NewStatement = { ...head, lines: own.map(({ line }) => line) };
    await holdMonth(tx, month);
    const compared = await compareWithNewest(tx, month, statement);
    await storeStatement(tx, actor, month, statement, record);
    compared.forEach(({ outcome, before, headBefore }, i) => {
      const { row } = own[i] as { row: number };
      outcomes[row] = {
        row,
        outcome,
        problems: [],
        ...(before && headBefore
          ? {
              before: {
                project_name: before.projectName,
                amount_vnd: before.amount.toString(),
                advance_vnd: before.advance.toString(),
                advance_recovered_vnd: before.advanceRecovered.toString(),
                document_no: headBefore.documentNo,
                statement_date: headBefore.asOf,
              },
            }
          : {}),
      };
    });
  }
  return outcomes;
}

interface ReadRow {
  month: Month | undefined;
  line: NewTreasuryLine;
  documentNo: string;
  statementDate: string;
  problems: Problems;
}

function readRow(row: TreasuryRow): ReadRow {
  const problems: Problems = [];
  const report = (field: keyof TreasuryRow, code: StatementProblemCode | 'month-malformed', found: string): void =>
    void problems.push({
      pointer: `/${field}`,
      code,
      facts: code === 'month-malformed' ? { month: found } : { found },
    });
  const dong = (field: 'amount_vnd' | 'advance_vnd' | 'advance_recovered_vnd'): bigint => {
    const text = field === 'amount_vnd' ? row[field] : row[field] || '0';
    const amount = parseDong(text);
    if (amount === undefined) report(field, 'whole-dong-expected', text);
    return amount ?? 0n;
  };
  const isYear = /^[0-9]{4}$/.test(row.plan_year) && Number(row.plan_year) >= 1000;
  const isMonth = /^(0?[1-9]|1[0-3])$/.test(row.month);
  if (!isYear) report('plan_year', 'plan-year-malformed', row.plan_year);
  if (!isMonth) report('month', 'month-malformed', row.month);
  if (!/^[01]?$/.test(row.carried_over)) report('carried_over', 'carried-over-malformed', row.carried_over);
  if (row.statement_date !== '' && !isIsoDate(row.statement_date))
    report('statement_date', 'statement-date-malformed', row.statement_date);
  for (const field of ['project_name', 'document_no'] as const)
    if (/[\u0000-\u001f\u007f]/.test(row[field]) || row[field].length > 500)
      report(field, 'statement-text-malformed', row[field].slice(0, 60));
  return {
    month: isYear && isMonth ? Month.of(Number(row.plan_year), Number(row.month)) : undefined,
    line: {
      nationalCode: row.national_code,
      unitCode: row.unit_code || null,
      projectName: row.project_name.normalize('NFC'),
      sourceCode: row.source_code,
      carriedOver: row.carried_over === '1',
      amount: dong('amount_vnd'),
      advance: dong('advance_vnd'),
      advanceRecovered: dong('advance_recovered_vnd'),
    },
    documentNo: row.document_no.normalize('NFC'),
    statementDate: row.statement_date,
    problems,
  };
}

/** One statement has one date and one number: from the rows that state them, which must agree. */
function headOf(own: readonly (ReadRow & { row: number })[]): { asOf: string; documentNo: string | null } {
  const date = own.find(({ statementDate }) => isIsoDate(statementDate));
  const document = own.find(({ documentNo }) => documentNo !== '');
  for (const row of own) {
    if (isIsoDate(row.statementDate) && row.statementDate !== date?.statementDate)
      row.problems.push(problem('/statement_date', 'statement-header-mixed', { found: row.statementDate }));
    if (row.documentNo !== '' && row.documentNo !== document?.documentNo)
      row.problems.push(problem('/document_no', 'statement-header-mixed', { found: row.documentNo }));
  }
  if (!date) own[0]?.problems.push(problem('/statement_date', 'statement-date-missing', {}));
  return { asOf: date?.statementDate ?? '', documentNo: document?.documentNo ?? null };
}

function problem(pointer: string, code: StatementProblemCode, facts: Record<string, string | number>): FieldProblem {
  return { pointer, code, facts };
}

/** The lines of a month are counted from 1; the file's rows may be of several months. */
function rowNumbers(facts: FieldProblem['facts'], own: readonly { row: number }[]): Record<string, number> {
  const rowOf = (line: string | number | undefined): number => (own[Number(line) - 1]?.row ?? 0) + 1;
  return { line: rowOf(facts?.['line']), first: rowOf(facts?.['first']) };
}

/** Indices by key, in the order in which the keys appear; rows without a key are left out. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  items.forEach((item, i) => {
    const key = keyOf(item);
    if (key === undefined) return;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  return groups;
}
