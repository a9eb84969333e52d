import type { EntityManager } from 'typeorm';
import { maySeeUnit, type Actor, type FieldProblem, type Month } from '#libs/kernel';
import type { LedgerProblemCode } from './errors.js';

/** One line or entry that names codes. `projectCode` null: capital not yet assigned to a project. */
export interface CodedRow {
  unitCode: string;
  projectCode: string | null;
  sourceCode: string;
}

/**
 * Checks the codes of many rows in a few questions: known, the actor's, valid on the month end, a leaf, of the
 * unit. Problems point into `list` (e.g. `/lines`). What another unit's actor may not see counts as unknown.
 */
export async function codeProblems(
  tx: EntityManager,
  actor: Actor,
  rows: readonly (CodedRow & { month: Month })[],
  list: string,
): Promise<FieldProblem[]> {
  const distinct = (codes: (string | null)[]): string[] => [...new Set(codes.filter((code) => code !== null))];
  const units: { code: string; valid_from: string | null; valid_to: string | null }[] = await tx.query(
    'SELECT code, valid_from::text, valid_to::text FROM unit WHERE code = ANY($1)',
    [distinct(rows.map(({ unitCode }) => unitCode))],
  );
  const projects: { code: string; has_components: boolean }[] = await tx.query(
    `SELECT p.code, EXISTS (SELECT FROM project AS c WHERE c.parent_code = p.code) AS has_components
     FROM project AS p WHERE p.code = ANY($1)`,
    [distinct(rows.map(({ projectCode }) => projectCode))],
  );
  const holders: { project_code: string; unit_code: string; valid_from: string | null; valid_to: string | null }[] =
    await tx.query(
      `SELECT project_code, unit_code, valid_from::text, valid_to::text FROM project_unit WHERE project_code = ANY($1)`,
      [distinct(rows.map(({ projectCode }) => projectCode))],
    );
  const sources: { code: string }[] = await tx.query('SELECT code FROM funding_source WHERE code = ANY($1)', [
    distinct(rows.map(({ sourceCode }) => sourceCode)),
  ]);
  const ended = units.filter(({ valid_to: last }) => last !== null).map(({ code }) => code);
  const followedBy: { code: string; successors: string }[] =
    ended.length === 0 ? [] : await tx.query(SUCCESSORS, [ended]);
  const successorsOf = new Map(followedBy.map(({ code, successors }) => [code, successors]));
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  const projectOf = new Map(projects.map((project) => [project.code, project]));
  const holdersOf = new Map<string, typeof holders>();
  for (const holder of holders)
    holdersOf.set(holder.project_code, [...(holdersOf.get(holder.project_code) ?? []), holder]);
  const sourceCodes = new Set(sources.map(({ code }) => code));
  const covers = (row: { valid_from: string | null; valid_to: string | null }, day: string): boolean =>
    (!row.valid_from || row.valid_from <= day) && (!row.valid_to || row.valid_to >= day);

  return rows.flatMap(({ unitCode, projectCode, sourceCode, month }, i) => {
    const found: FieldProblem[] = [];
    const report = (field: string, code: LedgerProblemCode, facts: Record<string, string>): void =>
      void found.push({ pointer: `${list}/${i}/${field}`, code, facts });
    const unit = maySeeUnit(actor, unitCode) ? unitOf.get(unitCode) : undefined;
    if (!unit) report('unitCode', 'unit-unknown', { unit: unitCode });
    else if (!covers(unit, month.end)) {
      const holder = holdersOf.get(projectCode ?? '')?.find((h) => covers(h, month.end))?.unit_code;
      const successors = successorsOf.get(unitCode);
      if (successors === undefined) report('unitCode', 'unit-not-valid', { unit: unitCode, day: month.end });
      else report('unitCode', 'unit-ended', { unit: unitCode, day: month.end, successors: holder ?? successors });
    }
    if (projectCode !== null) {
      // Of a project that none of the actor's units ever held, not even its existence is told.
      const held = holdersOf.get(projectCode) ?? [];
      const isTheirs = actor.units === 'all' || held.some((h) => maySeeUnit(actor, h.unit_code));
      const project = isTheirs ? projectOf.get(projectCode) : undefined;
      if (!project) report('projectCode', 'project-unknown', { project: projectCode });
      else if (project.has_components) report('projectCode', 'project-has-components', { project: projectCode });
      else if (unit && covers(unit, month.end) && !held.some((h) => h.unit_code === unitCode && covers(h, month.end)))
        report('projectCode', 'project-not-of-unit', { project: projectCode, unit: unitCode });
    }
    if (!sourceCodes.has(sourceCode)) report('sourceCode', 'source-unknown', { source: sourceCode });
    return found;
  });
}

const SUCCESSORS = `
  SELECT predecessor_code AS code, string_agg(successor_code, ', ' ORDER BY successor_code COLLATE "C") AS successors
  FROM unit_succession WHERE predecessor_code = ANY($1) GROUP BY predecessor_code`;
