import type { DataSource } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import { Reorganisation, type ReorganisationState } from '#libs/organisation';
import type { NewReorganisation, ReorganisationErrorCode } from './reorganisation-request.js';
import type { ReorganisationResult } from './reorganisation-result.js';

export interface ReorganisationRow extends Omit<Reorganisation, 'request' | 'result' | 'unitCodes'> {
  preparedByName: string;
  decidedByName: string | null;
  endedUnits: { code: string; name: string }[];
  successors: { code: string; name: string }[];
}

export interface ReorganisationDetail extends ReorganisationRow {
  /** What was asked for; null for whoever sees only some of its units. */
  request: NewReorganisation | null;
  /** What it moves, narrowed to the actor's units; the province's totals only where all units are theirs. */
  result: ReorganisationResult;
}

/**
 * The actor's reorganisations, newest effective day first. Whoever sees only some units sees those that were carried
 * out and touch one of them: a draft is the department's own paper.
 */
export async function listReorganisations(
  db: DataSource,
  actor: Actor,
  filter: { state?: ReorganisationState; unitCode?: string; after?: number; limit: number },
): Promise<{ items: ReorganisationRow[]; total: number }> {
  const where = `${VISIBLE} AND ($2::text IS NULL OR r.state = $2) AND ($3::text IS NULL OR $3 = ANY(r.unit_codes))`;
  const values = [actor.units === 'all' ? null : actor.units, filter.state ?? null, filter.unitCode ?? null];
  const [counted]: { total: string }[] = await db.query(
    `SELECT count(*) AS total FROM reorganisation AS r WHERE ${where}`,
    values,
  );
  const found: Found[] = await db.query(
    `${COLUMNS} WHERE ${where}
       AND ($4::int IS NULL OR (r.effective_date, r.id) < (SELECT a.effective_date, a.id FROM reorganisation AS a WHERE a.id = $4))
     ORDER BY r.effective_date DESC, r.id DESC LIMIT $5`,
    [...values, filter.after ?? null, filter.limit],
  );
  return { items: found.map((row) => rowOf(row, actor)), total: Number(counted?.total ?? 0) };
}

/** One reorganisation; `reorganisation-unknown` for one that does not exist or does not touch the actor's units. */
export async function findReorganisation(db: DataSource, actor: Actor, id: number): Promise<ReorganisationDetail> {
  const [found]: Found[] = await db.query(`${COLUMNS} WHERE ${VISIBLE} AND r.id = $2`, [
    actor.units === 'all' ? null : actor.units,
    id,
  ]);
  if (!found) throw new DomainError<ReorganisationErrorCode>('reorganisation-unknown', { id });
  return {
    ...rowOf(found, actor),
    request: actor.units === 'all' ? (JSON.parse(found.request) as NewReorganisation) : null,
    result: narrowed(JSON.parse(found.result) as ReorganisationResult, actor),
  };
}

const VISIBLE = "($1::text[] IS NULL OR (r.state = 'carried-out' AND r.unit_codes && $1::text[]))";

const COLUMNS = `
  SELECT r.id, r.decision_no AS "decisionNo", r.decision_date::text AS "decisionDate",
         r.effective_date::text AS "effectiveDate", r.note, r.state, r.request, r.result,
         r.prepared_at AS "preparedAt", r.prepared_by AS "preparedBy",
         coalesce(p.display_name, r.prepared_by) AS "preparedByName",
         r.decided_at AS "decidedAt", r.decided_by AS "decidedBy",
         coalesce(d.display_name, r.decided_by) AS "decidedByName"
  FROM reorganisation AS r
  LEFT JOIN account AS p ON p.username = r.prepared_by LEFT JOIN account AS d ON d.username = r.decided_by`;

type Found = Omit<ReorganisationRow, 'endedUnits' | 'successors'> & { request: string; result: string };

function rowOf({ request: _, result, ...row }: Found, actor: Actor): ReorganisationRow {
  const { successions } = narrowed(JSON.parse(result) as ReorganisationResult, actor);
  const distinct = (units: { code: string; name: string }[]): { code: string; name: string }[] => [
    ...new Map(units.map((unit) => [unit.code, unit])).values(),
  ];
  return {
    ...row,
    endedUnits: distinct(successions.map(({ predecessor }) => predecessor)),
    successors: distinct(successions.map(({ successor }) => successor)),
  };
}

function narrowed(result: ReorganisationResult, { units }: Actor): ReorganisationResult {
  if (units === 'all') return result;
  const theirs = new Set(units);
  return {
    months: result.months,
    successions: result.successions.filter(
      ({ predecessor, successor }) => theirs.has(predecessor.code) || theirs.has(successor.code),
    ),
    teams: result.teams.filter(({ unit }) => theirs.has(unit.code)),
    units: result.units.filter(({ code }) => theirs.has(code)),
    projects: result.projects.filter(({ from, to }) => theirs.has(from.code) || theirs.has(to.code)),
    totals: [],
  };
}
