import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Dong, type FieldProblem, type IsoDate } from '#libs/kernel';
import type { OrganisationErrorCode } from '#libs/organisation';
import { findProject, liesInPlaces, projectScope, type ProjectsErrorCode } from '#libs/projects';
import type { CapitalErrorCode, CapitalProblemCode } from './capital-errors.js';
import { MEDIUM_TERM_YEARS, MediumTermPlan } from './medium-term-plan.entity.js';

export interface MediumTermLine {
  sourceCode: string;
  /** đồng for the whole period */
  amount: Dong;
  /** đồng of the years of the period before the first one kept */
  allocatedBefore: Dong;
}

export interface NewMediumTermPlan {
  periodStart: number;
  /** The decision that sets or raises the plan. */
  decisionNo: string | null;
  decisionDate: IsoDate | null;
  /** All of the project's lines: a source that is not here is taken off. */
  lines: MediumTermLine[];
}

/** Replaces a project's medium-term plan. `expected` is the state the editor saw (0: none yet); another is refused. */
export async function setMediumTermPlan(
  db: DataSource,
  actor: Actor,
  projectCode: string,
  plan: NewMediumTermPlan,
  expected: number,
): Promise<void> {
  await findProject(db, actor, projectCode);
  const { periodStart, decisionNo, decisionDate, lines } = plan;
  await auditedTransaction(db, actor, async (tx, record) => {
    // Whoever edits the same project's plan at the same time waits here.
    await tx.query('SELECT 1 FROM project WHERE code = $1 FOR NO KEY UPDATE', [projectCode]);
    const before = await tx.find(MediumTermPlan, { where: { periodStart, projectCode }, order: { sourceCode: 'ASC' } });
    if (versionOf(before) !== expected)
      throw new DomainError<ProjectsErrorCode>('project-changed-meanwhile', { project: projectCode });
    const rows: { code: string }[] = await tx.query('SELECT code FROM funding_source');
    const problems = lineProblems(lines, new Set(rows.map(({ code }) => code)));
    if (problems.length > 0)
      throw new DomainError<CapitalErrorCode>('medium-term-refused', { project: projectCode }, problems);
    await tx.delete(MediumTermPlan, { periodStart, projectCode });
    const changed = { updatedAt: systemClock.now(), updatedBy: actor.username };
    if (lines.length > 0)
      await tx.insert(
        MediumTermPlan,
        lines.map((line) => ({ ...line, periodStart, projectCode, decisionNo, decisionDate, ...changed })),
      );
    record({
      action: 'medium-term-plan.set',
      objectType: 'project',
      objectId: projectCode,
      before: { periodStart, lines: before },
      after: plan,
    });
  });
}

/** What an ETag of the plan is made of: when it was last set, 0 when never. */
export function versionOf(lines: readonly { updatedAt: Date }[]): number {
  return Math.max(0, ...lines.map(({ updatedAt }) => updatedAt.getTime()));
}

function lineProblems(lines: readonly MediumTermLine[], known: ReadonlySet<string>): FieldProblem[] {
  return lines.flatMap(({ sourceCode }, i): FieldProblem[] => {
    const problem = (code: CapitalProblemCode | OrganisationErrorCode): FieldProblem[] => [
      { pointer: `/lines/${i}/sourceCode`, code, facts: { source: sourceCode } },
    ];
    if (!known.has(sourceCode)) return problem('source-unknown');
    return lines.findIndex((line) => line.sourceCode === sourceCode) < i ? problem('medium-term-twice') : [];
  });
}

export interface MediumTermRow extends MediumTermLine {
  sourceName: string;
  decisionNo: string | null;
  decisionDate: IsoDate | null;
  updatedAt: Date | null;
  /** đồng by plan year, years without a plan left out: province basis, carried-over capital left out. */
  annual: { year: number; amount: Dong }[];
  /** đồng: the annual plans, those before the first year kept included, above the medium-term plan; 0 if not above. */
  excess: Dong;
}

/** A project's medium-term plan by source beside its annual plans; sources with an annual plan only stand at 0. */
export async function mediumTermPlanOf(
  db: DataSource,
  actor: Actor,
  projectCode: string,
  periodStart: number,
): Promise<MediumTermRow[]> {
  await findProject(db, actor, projectCode);
  const rows: {
    code: string;
    name: string;
    amount: string | null;
    allocated_before: string | null;
    decision_no: string | null;
    decision_date: string | null;
    updated_at: Date | null;
    annual: Record<string, string> | null;
  }[] = await db.query(
    `WITH annual AS (
       SELECT l.source_code, l.plan_year, sum(l.amount) AS amount FROM allocation_line AS l
       WHERE l.project_code IN (SELECT code FROM project WHERE code = $1 OR parent_code = $1)
         AND l.plan_year BETWEEN $2 AND $3 AND l.basis = 'province' AND NOT l.carried_over
       GROUP BY 1, 2
     )
     SELECT s.code, s.name, m.amount, m.allocated_before, m.decision_no, m.decision_date::text, m.updated_at,
            (SELECT json_object_agg(a.plan_year, a.amount::text) FROM annual AS a WHERE a.source_code = s.code) AS annual
     FROM funding_source AS s
     LEFT JOIN medium_term_plan AS m ON m.source_code = s.code AND m.project_code = $1 AND m.period_start = $2
     WHERE m.amount IS NOT NULL OR s.code IN (SELECT source_code FROM annual) ORDER BY s.code`,
    [projectCode, periodStart, periodStart + MEDIUM_TERM_YEARS - 1],
  );
  const hasPlan = rows.some(({ amount }) => amount !== null);
  return rows.map((row) => {
    const annual = Object.entries(row.annual ?? {}).map(([year, amount]) => ({
      year: Number(year),
      amount: BigInt(amount),
    }));
    const amount = BigInt(row.amount ?? 0);
    const allocatedBefore = BigInt(row.allocated_before ?? 0);
    const above = annual.reduce((sum, year) => sum + year.amount, allocatedBefore) - amount;
    return {
      sourceCode: row.code,
      sourceName: row.name,
      amount,
      allocatedBefore,
      decisionNo: row.decision_no,
      decisionDate: row.decision_date,
      updatedAt: row.updated_at,
      annual: annual.sort((a, b) => a.year - b.year),
      excess: hasPlan && above > 0n ? above : 0n,
    };
  });
}

/** The medium-term plans of a period by project and source, in the order of their codes. */
export async function listMediumTermPlans(
  db: DataSource,
  actor: Actor,
  filter: { periodStart: number; after?: readonly [string, string]; limit: number },
): Promise<{ items: (MediumTermLine & { project: Named; source: Named })[]; total: number; sum: Dong }> {
  const where = `m.period_start = $1 AND ($2::text[] IS NULL OR EXISTS (
    SELECT FROM project_unit AS h WHERE h.project_code = m.project_code AND h.unit_code = ANY($2))
    OR ${liesInPlaces('m.project_code', '$3')})`;
  const [counted]: { total: string; sum: string }[] = await db.query(
    `SELECT count(*) AS total, coalesce(sum(m.amount), 0) AS sum FROM medium_term_plan AS m WHERE ${where}`,
    [filter.periodStart, ...projectScope(actor)],
  );
  const rows: Record<'project_code' | 'project' | 'source_code' | 'source' | 'amount' | 'allocated_before', string>[] =
    await db.query(
      `SELECT m.project_code, p.name AS project, m.source_code, s.name AS source, m.amount, m.allocated_before
       FROM medium_term_plan AS m JOIN project AS p ON p.code = m.project_code
       JOIN funding_source AS s ON s.code = m.source_code
       WHERE ${where} AND ($4::text IS NULL OR (m.project_code, m.source_code) > ($4, $5))
       ORDER BY m.project_code, m.source_code LIMIT $6`,
      [filter.periodStart, ...projectScope(actor), filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
    );
  return {
    items: rows.map((row) => ({
      project: { code: row.project_code, name: row.project },
      source: { code: row.source_code, name: row.source },
      sourceCode: row.source_code,
      amount: BigInt(row.amount),
      allocatedBefore: BigInt(row.allocated_before),
    })),
    total: Number(counted?.total ?? 0),
    sum: BigInt(counted?.sum ?? 0),
  };
}

interface Named {
  code: string;
  name: string;
}
