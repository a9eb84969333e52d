import type { EntityManager } from 'typeorm';
import { Month, type Actor, type FieldProblem } from '#libs/kernel';
import { advanceProblems } from './advances.js';
import { correctionProblems } from './correction-problems.js';
import { carriedOn } from './follow-succession.js';
import type { NewDisbursement } from './record-disbursements.js';
import { bookedAmount, bookedRows, type StagingMode } from './booked-rows.js';

/** A staged line as the entry that booking it would write. */
interface StagedLine extends NewDisbursement {
  ordinal: number;
  planYear: number;
  month: number;
}

/** Order in which lines are booked: that of the file, so that an auditor reads one beside the other. */
export const BOOKING_ORDER = 's.ordinal';

/** The lines that would be booked, narrowed by SQL over `s`; only for what is looked at one by one. */
async function stagedLines(
  tx: EntityManager,
  batchId: number,
  mode: StagingMode,
  where: string,
  values: unknown[] = [],
): Promise<StagedLine[]> {
  const rows: (Omit<StagedLine, 'amount'> & { amount: string })[] = await tx.query(
    `SELECT s.ordinal, s.plan_year AS "planYear", s.month, s.unit_code AS "unitCode", s.project_code AS "projectCode",
            s.source_code AS "sourceCode", s.kind, s.carried_over AS "carriedOver", s.basis,
            ${bookedAmount(mode)}::text AS amount, s.document_no AS "documentNo", s.document_date::text AS "documentDate",
            s.reason, coalesce(s.corrects, s.last_entry_id) AS corrects
     FROM staged_disbursement AS s WHERE ${bookedRows(mode)} AND (${where}) ORDER BY ${BOOKING_ORDER}`,
    [batchId, ...values],
  );
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}

function byMonth(lines: readonly StagedLine[]): { month: Month; lines: StagedLine[] }[] {
  const months = new Map<string, { month: Month; lines: StagedLine[] }>();
  for (const line of lines) {
    const month = Month.of(line.planYear, line.month);
    const found = months.get(month.toString()) ?? { month, lines: [] };
    found.lines.push(line);
    months.set(month.toString(), found);
  }
  return [...months.values()];
}

const FIELDS: Record<string, string> = { corrects: 'corrects', amountDong: 'amount_vnd' };

/**
 * Rejects what entries typed in are refused for and only some kinds can do: a refund or correction that names no entry
 * or another's, a recovery beyond what was advanced. Returns how many rows it rejected.
 */
export async function rejectWrongCorrections(
  tx: EntityManager,
  actor: Actor,
  batchId: number,
  mode: StagingMode,
): Promise<number> {
  const lines = await stagedLines(
    tx,
    batchId,
    mode,
    "s.kind IN ('advance', 'advance-recovery', 'refund', 'correction') OR s.corrects IS NOT NULL",
  );
  if (lines.length === 0) return 0;
  const found: { ordinal: number; problem: FieldProblem }[] = [];
  const tell = (of: readonly StagedLine[], problems: readonly FieldProblem[]): void => {
    for (const problem of problems) {
      const line = of[Number(problem.pointer.split('/')[2])];
      if (line) found.push({ ordinal: line.ordinal, problem });
    }
  };
  for (const { month, lines: own } of byMonth(lines)) tell(own, await correctionProblems(tx, actor, month, own));
  tell(lines, await advanceProblems(tx, lines));
  const told = found.map(({ ordinal, problem: { pointer, code, facts } }) => ({
    ordinal,
    problems: [{ field: FIELDS[pointer.split('/')[3] ?? ''] ?? null, code, facts: facts ?? {} }],
  }));
  await tx.query(
    `UPDATE staged_disbursement AS s SET outcome = 'rejected', problems = wrong.problems
     FROM jsonb_to_recordset($2::jsonb) AS wrong (ordinal int, problems jsonb)
     WHERE s.batch_id = $1 AND s.ordinal = wrong.ordinal`,
    [batchId, JSON.stringify(told)],
  );
  return new Set(told.map(({ ordinal }) => ordinal)).size;
}

/**
 * Lines of units whose figures a reorganisation has moved since: beside them the transfers that carry them on stand in
 * the staging table as `carried`, to be booked in the same statement. Throws `month-closed` where the month of the
 * reorganisation is closed.
 */
export async function stageCarried(tx: EntityManager, batchId: number, mode: StagingMode): Promise<void> {
  const [any]: { found: boolean }[] = await tx.query('SELECT EXISTS (SELECT FROM unit_succession) AS found');
  if (!any?.found) return;
  const lines = await stagedLines(tx, batchId, mode, 's.unit_code IN (SELECT predecessor_code FROM unit_succession)');
  const carried: Record<string, unknown>[] = [];
  for (const { month, lines: own } of byMonth(lines))
    for (const entry of await carriedOn(tx, month, own))
      carried.push({ ...entry, amount: entry.amount.toString(), planYear: month.planYear });
  await tx.query(
    `INSERT INTO staged_disbursement (batch_id, ordinal, row, plan_year, month, unit_code, project_code, source_code,
                                      kind, carried_over, basis, amount, reason, outcome)
     SELECT $1, (SELECT max(ordinal) FROM staged_disbursement WHERE batch_id = $1) + row_number() OVER (), 0,
            c."planYear", c.month, c."unitCode", c."projectCode", c."sourceCode", 'transfer', c."carriedOver", c.basis,
            c.amount, c.reason, 'carried'
     FROM jsonb_to_recordset($2::jsonb) AS c ("planYear" int, month int, "unitCode" text, "projectCode" text,
            "sourceCode" text, "carriedOver" boolean, basis text, amount bigint, reason text)`,
    [batchId, JSON.stringify(carried)],
  );
}
