import type { EntityManager } from 'typeorm';
import type { Actor, FieldProblem, Month } from '#libs/kernel';
import type { LedgerProblemCode } from './errors.js';
import type { NewDisbursement } from './record-disbursements.js';

interface NamedEntry {
  id: number;
  unit_code: string;
  project_code: string;
  source_code: string;
  carried_over: boolean;
}

/**
 * A refund or correction names the entry that it corrects, of the same unit, project, source, series and plan year;
 * the database refuses another one too. A refund need not name one where the books of the year hold none: money of
 * an earlier year comes back. An entry that the actor may not see counts as unknown.
 */
export async function correctionProblems(
  tx: EntityManager,
  actor: Actor,
  month: Month,
  entries: readonly NewDisbursement[],
): Promise<FieldProblem[]> {
  const correcting = entries.filter(
    ({ kind, corrects }) => corrects !== null || kind === 'refund' || kind === 'correction',
  );
  if (correcting.length === 0) return [];
  const rows: NamedEntry[] = await tx.query(
    `SELECT id, unit_code, project_code, source_code, carried_over FROM disbursement_entry
     WHERE id = ANY($1) AND plan_year = $2 AND ($3::text[] IS NULL OR unit_code = ANY($3))`,
    [
      correcting.map(({ corrects }) => corrects).filter((id) => id !== null),
      month.planYear,
      actor.units === 'all' ? null : actor.units,
    ],
  );
  const entryOf = new Map(rows.map((row) => [row.id, row]));
  const refundable = await seriesWithPayments(tx, month, correcting);
  return entries.flatMap((entry, i) => {
    const problem = (code: LedgerProblemCode, facts: Record<string, string | number>): FieldProblem[] => [
      { pointer: `/entries/${i}/corrects`, code, facts },
    ];
    const { corrects, kind, projectCode } = entry;
    if (corrects === null) {
      const mustName = kind === 'correction' || (kind === 'refund' && refundable.has(seriesOf(entry)));
      return mustName ? problem('corrects-missing', { project: projectCode }) : [];
    }
    const named = entryOf.get(corrects);
    if (!named) return problem('corrects-unknown', { entry: corrects });
    const isSame =
      named.unit_code === entry.unitCode &&
      named.project_code === projectCode &&
      named.source_code === entry.sourceCode &&
      named.carried_over === entry.carriedOver;
    return isSame ? [] : problem('corrects-another-series', { entry: corrects });
  });
}

const seriesOf = ({ unitCode, projectCode, sourceCode, carriedOver }: NewDisbursement): string =>
  JSON.stringify([unitCode, projectCode, sourceCode, carriedOver]);

/** The series of the plan year that hold an entry above zero: those whose refunds can name one. */
async function seriesWithPayments(
  tx: EntityManager,
  { planYear }: Month,
  entries: readonly NewDisbursement[],
): Promise<Set<string>> {
  const projects = entries.filter(({ kind }) => kind === 'refund').map(({ projectCode }) => projectCode);
  if (projects.length === 0) return new Set();
  const rows: { key: [string, string, string, boolean] }[] = await tx.query(
    `SELECT DISTINCT jsonb_build_array(unit_code, project_code, source_code, carried_over) AS key
     FROM disbursement_entry WHERE plan_year = $1 AND project_code = ANY($2) AND amount > 0`,
    [planYear, projects],
  );
  return new Set(rows.map(({ key }) => JSON.stringify(key)));
}
