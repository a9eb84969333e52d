import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor, type IsoDate, type Month } from '#libs/kernel';
import { copyText, reportByTreasury, type LedgerErrorCode } from '#libs/ledger';
import type { ReconciliationErrorCode } from './errors.js';
import {
  asFieldProblems,
  hashOfLines,
  keyOf,
  lineProblems,
  saysTheSame,
  type NewTreasuryLine,
} from './statement-lines.js';
import { TreasuryLine, TreasuryStatement } from './treasury-statement.entity.js';

export interface NewStatement {
  /** The day up to which the Treasury counted. */
  asOf: IsoDate;
  documentNo: string | null;
  lines: readonly NewTreasuryLine[];
}

export interface ImportedStatement {
  statement: TreasuryStatement;
  /** `same`: the newest statement says just this, nothing was written. */
  outcome: 'new' | 'replaced' | 'same';
  /** Units whose month this statement made reported. */
  reportedUnits: string[];
}

/** Imports the Treasury's statement of a month; a newer one replaces the older whole. The same again changes nothing. */
export async function importStatement(
  db: DataSource,
  actor: Actor,
  month: Month,
  statement: NewStatement,
): Promise<ImportedStatement> {
  return auditedTransaction(db, actor, async (tx, record) => {
    requireDepartment(actor);
    const problems = await lineProblems(tx, statement.lines);
    if (problems.length > 0)
      throw new DomainError<ReconciliationErrorCode>(
        'statement-refused',
        { month: month.toString() },
        asFieldProblems(problems),
      );
    return storeStatement(tx, actor, month, statement, record);
  });
}

/** Its lines speak of every unit's money: the department alone brings a statement in. */
export function requireDepartment(actor: Actor): void {
  if (actor.units !== 'all') throw new DomainError<ReconciliationErrorCode>('statement-by-department');
}

/** Keeps a statement whose lines were checked. The month's row is held, so that versions follow each other. */
export async function storeStatement(
  tx: EntityManager,
  actor: Actor,
  month: Month,
  { asOf, documentNo, lines }: NewStatement,
  record: RecordAudit,
): Promise<ImportedStatement> {
  await holdMonth(tx, month);
  const newest = await newestStatement(tx, month);
  const linesHash = hashOfLines(lines);
  if (newest?.linesHash === linesHash && newest.asOf === asOf && newest.documentNo === documentNo)
    return { statement: newest, outcome: 'same', reportedUnits: [] };
  const header = {
    planYear: month.planYear,
    month: month.number,
    version: (newest?.version ?? 0) + 1,
    asOf,
    documentNo,
    lines: lines.length,
    linesHash,
    importedAt: systemClock.now(),
    importedBy: actor.username,
  };
  const { identifiers } = await tx.insert(TreasuryStatement, header);
  const { id } = identifiers[0] as { id: number };
  await insertLines(tx, id, lines);
  record({
    action: 'treasury-statement.import',
    objectType: 'treasury-statement',
    objectId: `${month} v${header.version}`,
    before: newest && { version: newest.version, asOf: newest.asOf, linesHash: newest.linesHash },
    after: { id, ...header },
  });
  const reportedUnits = await reportByTreasury(tx, actor, month, await unitsNamed(tx, id, month), record);
  const statement = await tx.findOneByOrFail(TreasuryStatement, { id });
  return { statement, outcome: newest ? 'replaced' : 'new', reportedUnits };
}

export async function newestStatement(tx: EntityManager, month: Month): Promise<TreasuryStatement | null> {
  return tx.findOne(TreasuryStatement, {
    where: { planYear: month.planYear, month: month.number },
    order: { version: 'DESC' },
  });
}

/** Waits for whoever books into the month or signs it, and makes them wait. */
export async function holdMonth(tx: EntityManager, month: Month): Promise<void> {
  const held: unknown[] = await tx.query(
    'SELECT FROM reporting_month WHERE plan_year = $1 AND month = $2 FOR NO KEY UPDATE',
    [month.planYear, month.number],
  );
  if (held.length === 0) throw new DomainError<LedgerErrorCode>('month-not-opened', { month: month.toString() });
}

/** What each line does to the newest statement of its month: unknown so far, another figure, the same. */
export async function compareWithNewest(
  tx: EntityManager,
  month: Month,
  { asOf, documentNo, lines }: NewStatement,
): Promise<{ outcome: 'new' | 'changed' | 'same'; before?: NewTreasuryLine; headBefore?: TreasuryStatement }[]> {
  const newest = await newestStatement(tx, month);
  if (!newest) return lines.map(() => ({ outcome: 'new' }));
  const isSameHead = newest.asOf === asOf && newest.documentNo === documentNo;
  const kept = new Map((await tx.findBy(TreasuryLine, { statementId: newest.id })).map((line) => [keyOf(line), line]));
  return lines.map((line) => {
    const before = kept.get(keyOf(line));
    if (!before) return { outcome: 'new' };
    if (saysTheSame(before, line) && isSameHead) return { outcome: 'same' };
    return { outcome: 'changed', before, headBefore: newest };
  });
}

/** Lines of COPY text that travel together. */
const LINES_A_PIECE = 1000;

async function insertLines(tx: EntityManager, statementId: number, lines: readonly NewTreasuryLine[]): Promise<void> {
  const connection = (await tx.queryRunner?.connect()) as PoolClient;
  const sink = connection.query(
    copyFrom(
      `COPY treasury_line (statement_id, ordinal, national_code, unit_code, project_name, source_code, carried_over,
                           amount, advance, advance_recovered) FROM STDIN`,
    ),
  );
  await pipeline(Readable.from(copyPieces(statementId, lines)), sink);
}

function* copyPieces(statementId: number, lines: readonly NewTreasuryLine[]): Generator<string> {
  for (let at = 0; at < lines.length; at += LINES_A_PIECE)
    yield lines
      .slice(at, at + LINES_A_PIECE)
      .map((line, i) => {
        const { nationalCode, unitCode, projectName, sourceCode, carriedOver } = line;
        const cells = [
          statementId,
          at + i + 1,
          copyText(nationalCode),
          unitCode === null ? '\\N' : copyText(unitCode),
          // Empty text is no null here: the column takes none.
          projectName === '' ? '' : copyText(projectName),
          copyText(sourceCode),
          carriedOver ? 't' : 'f',
          line.amount,
          line.advance,
          line.advanceRecovered,
        ];
        return `${cells.join('\t')}\n`;
      })
      .join('');
}

/** The units that hold the statement's projects on the month end: of a project of components, all that hold one. */
async function unitsNamed(tx: EntityManager, statementId: number, month: Month): Promise<string[]> {
  // Unit by unit, each until its first project that the statement names.
  const rows: { code: string }[] = await tx.query(
    `SELECT u.code FROM unit AS u CROSS JOIN LATERAL (
       SELECT FROM project_unit AS h JOIN project AS p ON p.code = h.project_code
       LEFT JOIN project AS up ON up.code = p.parent_code
       WHERE h.unit_code = u.code AND (h.valid_from IS NULL OR h.valid_from <= $2)
         AND (h.valid_to IS NULL OR h.valid_to >= $2)
         AND (EXISTS (SELECT FROM treasury_line AS l WHERE l.statement_id = $1 AND l.national_code = p.national_code)
           OR EXISTS (SELECT FROM treasury_line AS l WHERE l.statement_id = $1 AND l.national_code = up.national_code))
       LIMIT 1
     ) AS named`,
    [statementId, month.end],
  );
  return rows.map(({ code }) => code);
}
