import type { EntityManager } from 'typeorm';
import { DomainError, effectiveMonth, Month, type FieldProblem, type IsoDate } from '#libs/kernel';
import { Unit } from '#libs/organisation';
import { teamsOfSuccessors } from './reorganisation-teams.js';
import type {
  EffectiveMonth,
  NewReorganisation,
  ReorganisationErrorCode,
  ReorganisationPlan,
  ReorganisationProblemCode,
  Route,
} from './reorganisation-request.js';

/**
 * Works a request out against the units and the books: who follows whom, where each project and the capital not
 * assigned to projects go. Holds the ended units until the transaction ends, so that nobody books on them meanwhile.
 * Throws `reorganisation-refused` with every problem at once.
 */
export async function planReorganisation(tx: EntityManager, request: NewReorganisation): Promise<ReorganisationPlan> {
  const months = await effectiveMonths(tx, request.effectiveDate);
  const problems: FieldProblem[] = [];
  const report: Report = (pointer, code, facts) => void problems.push({ pointer, code, facts });
  const endedCodes = request.ended.map(({ unitCode }) => unitCode);
  const units = await heldUnits(tx, [...endedCodes, ...successorCodes(request)]);
  const newCodes = new Set(request.successors.map(({ code }) => code));
  await checkEnded(tx, request, units, report);
  checkSuccessors(request, units, newCodes, months, report);
  const routes = await routesOf(tx, request, months, report);
  const pairs = new Map<string, ReorganisationPlan['successions'][number]>();
  const add = (predecessor: string, successor: string | null): void => {
    if (successor !== null)
      pairs.set(`${predecessor}\u0000${successor}`, { predecessor, successor, isNew: newCodes.has(successor) });
  };
  for (const { unitCode, successorCode } of request.ended) add(unitCode, successorCode);
  for (const { from, to } of routes) add(from, to);
  const successions = [...pairs.values()];
  request.ended.forEach(({ unitCode }, i) => {
    if (!successions.some(({ predecessor }) => predecessor === unitCode))
      report(`/ended/${i}/successorCode`, 'successor-missing', { unit: unitCode });
  });
  request.successors.forEach(({ code }, i) => {
    if (!successions.some(({ successor }) => successor === code))
      report(`/successors/${i}/code`, 'successor-without-part', { unit: code });
  });
  const teams = await teamsOfSuccessors(tx, request, successions, report);
  if (problems.length > 0)
    throw new DomainError<ReorganisationErrorCode>(
      'reorganisation-refused',
      { decision: request.decisionNo, problems: problems.length },
      problems,
    );
  return { months, endedCodes, newUnits: request.successors, routes, successions, teams };
}

export type Report = (
  pointer: string,
  code: ReorganisationProblemCode | 'unit-unknown' | 'unit-exists',
  facts: Record<string, string | number>,
) => void;

/**
 * The effective month of every plan year that the day falls into: in January two, the year's month 1 and the month 13
 * of the year before. They and all after them must be open, for a closed month takes no transfer. Shared until the
 * transaction ends: none closes meanwhile.
 */
async function effectiveMonths(tx: EntityManager, date: IsoDate): Promise<EffectiveMonth[]> {
  const rows: { planYear: number; month: number; state: string }[] = await tx.query(
    `SELECT plan_year AS "planYear", month, state FROM reporting_month
     WHERE plan_year >= $1 ORDER BY plan_year, month FOR SHARE`,
    [Number(date.slice(0, 4)) - 1],
  );
  const own = Number(date.slice(0, 4));
  if (!rows.some(({ planYear }) => planYear === own))
    throw new DomainError<ReorganisationErrorCode>('reorganisation-year-not-open', { day: date, planYear: own });
  const months: EffectiveMonth[] = [];
  for (const planYear of new Set(rows.map((row) => row.planYear))) {
    const month = effectiveMonth(planYear, date);
    if (month === undefined) continue;
    const closed = rows.find((row) => row.planYear === planYear && row.month >= month && row.state === 'closed');
    if (closed)
      throw new DomainError<ReorganisationErrorCode>('reorganisation-month-closed', {
        day: date,
        month: Month.of(planYear, closed.month).toString(),
      });
    months.push({ planYear, month });
  }
  return months;
}

function successorCodes({ ended, projects }: NewReorganisation): string[] {
  return [
    ...ended.flatMap(({ successorCode, unassignedTo }) => [successorCode, unassignedTo]),
    ...projects.map(({ successorCode }) => successorCode),
  ].filter((code) => code !== null);
}

/** FOR UPDATE, in code order: whoever is booking on one of them holds it through its foreign key. */
async function heldUnits(tx: EntityManager, codes: string[]): Promise<Map<string, Unit>> {
  const units = await tx
    .createQueryBuilder(Unit, 'unit')
    .where('unit.code = ANY(:codes)', { codes })
    .orderBy('unit.code')
    .setLock('pessimistic_write')
    .getMany();
  return new Map(units.map((unit) => [unit.code, unit]));
}

async function checkEnded(
  tx: EntityManager,
  { ended, effectiveDate }: NewReorganisation,
  units: ReadonlyMap<string, Unit>,
  report: Report,
): Promise<void> {
  const codes = ended.map(({ unitCode }) => unitCode);
  const found: { code: string; isOver: boolean; tookOver: boolean }[] = await tx.query(
    `SELECT code, coalesce(valid_to < $2::date - 1, false)
              OR EXISTS (SELECT FROM unit_succession AS s WHERE s.predecessor_code = unit.code) AS "isOver",
            EXISTS (SELECT FROM unit_succession AS s WHERE s.successor_code = unit.code AND s.effective_date >= $2)
              AS "tookOver"
     FROM unit WHERE code = ANY($1)`,
    [codes, effectiveDate],
  );
  const isOver = new Set(found.filter((unit) => unit.isOver).map(({ code }) => code));
  const tookOver = new Set(found.filter((unit) => unit.tookOver).map(({ code }) => code));
  ended.forEach(({ unitCode }, i) => {
    const at = `/ended/${i}/unitCode`;
    const unit = units.get(unitCode);
    if (codes.indexOf(unitCode) < i) report(at, 'unit-in-request-twice', { unit: unitCode });
    else if (!unit) report(at, 'unit-unknown', { unit: unitCode });
    else if (isOver.has(unitCode)) report(at, 'unit-already-ended', { unit: unitCode, day: unit.validTo ?? '' });
    else if (tookOver.has(unitCode)) report(at, 'successor-ends-too', { unit: unitCode, day: effectiveDate });
    else if (unit.validFrom !== null && unit.validFrom >= effectiveDate)
      report(at, 'unit-not-begun', { unit: unitCode, day: unit.validFrom });
  });
}

function checkSuccessors(
  { ended, successors, projects, effectiveDate }: NewReorganisation,
  units: ReadonlyMap<string, Unit>,
  newCodes: ReadonlySet<string>,
  months: readonly EffectiveMonth[],
  report: Report,
): void {
  const endedCodes = new Set(ended.map(({ unitCode }) => unitCode));
  // A successor that is over by the end of the month would leave the money nowhere.
  const firstEnd = months.map(({ planYear, month }) => Month.of(planYear, month).end).sort()[0] ?? effectiveDate;
  const check = (pointer: string, code: string | null, unitCode?: string): void => {
    if (code === null) return;
    const facts = { unit: code, day: effectiveDate };
    const unit = units.get(code);
    if (code === unitCode) report(pointer, 'successor-is-itself', facts);
    else if (endedCodes.has(code)) report(pointer, 'successor-ends-too', facts);
    else if (newCodes.has(code)) return;
    else if (!unit) report(pointer, 'successor-unknown', facts);
    else if ((unit.validFrom !== null && unit.validFrom > effectiveDate) || (unit.validTo ?? firstEnd) < firstEnd)
      report(pointer, 'successor-not-valid', facts);
  };
  ended.forEach(({ unitCode, successorCode, unassignedTo }, i) => {
    check(`/ended/${i}/successorCode`, successorCode, unitCode);
    check(`/ended/${i}/unassignedTo`, unassignedTo, unitCode);
  });
  projects.forEach(({ successorCode }, i) => check(`/projects/${i}/successorCode`, successorCode));
  successors.forEach(({ code }, i) => {
    if (successors.findIndex((other) => other.code === code) < i)
      report(`/successors/${i}/code`, 'unit-in-request-twice', { unit: code });
  });
}

/** What an ended unit holds or has money on; `project` null: capital not assigned to projects. */
interface Holding {
  unit: string;
  project: string | null;
  parent: string | null;
}

async function routesOf(
  tx: EntityManager,
  { ended, projects, effectiveDate }: NewReorganisation,
  months: readonly EffectiveMonth[],
  report: Report,
): Promise<Route[]> {
  const holdings: Holding[] = await tx.query(HOLDINGS, [
    ended.map(({ unitCode }) => unitCode),
    effectiveDate,
    months.map(({ planYear }) => planYear),
  ]);
  const byUnit = new Map(ended.map((unit) => [unit.unitCode, unit]));
  const named = new Map(projects.map(({ projectCode, successorCode }) => [projectCode, successorCode]));
  const componentsOf = new Map<string, Holding[]>();
  for (const holding of holdings)
    if (holding.parent !== null)
      componentsOf.set(holding.parent, [...(componentsOf.get(holding.parent) ?? []), holding]);
  const parentOf = new Map(holdings.map(({ project, parent }) => [project, parent]));

  const successorOf = (holding: Holding): string | null => {
    if (holding.project === null) {
      const unit = byUnit.get(holding.unit);
      return unit?.unassignedTo ?? unit?.successorCode ?? null;
    }
    for (let code: string | null = holding.project; code !== null; code = parentOf.get(code) ?? null) {
      const own = named.get(code);
      if (own !== undefined) return own;
    }
    // A parent holds no money itself: it goes where all its components go.
    const ofComponents = new Set((componentsOf.get(holding.project) ?? []).map(successorOf));
    const [only] = ofComponents.size === 1 ? ofComponents : [];
    return only ?? byUnit.get(holding.unit)?.successorCode ?? null;
  };

  const known = new Set(holdings.flatMap(({ project, parent }) => [project, parent]));
  projects.forEach(({ projectCode }, i) => {
    const at = `/projects/${i}/projectCode`;
    if (projects.findIndex((other) => other.projectCode === projectCode) < i)
      report(at, 'project-twice', { project: projectCode });
    else if (!known.has(projectCode)) report(at, 'project-not-of-ended-unit', { project: projectCode });
  });
  return holdings.flatMap((holding): Route[] => {
    const to = successorOf(holding);
    if (to !== null) return [{ from: holding.unit, projectCode: holding.project, to }];
    const at = `/ended/${ended.findIndex(({ unitCode }) => unitCode === holding.unit)}`;
    if (holding.project === null) report(`${at}/unassignedTo`, 'unassigned-without-successor', { unit: holding.unit });
    else report(`${at}/successorCode`, 'project-without-successor', { unit: holding.unit, project: holding.project });
    return [];
  });
}

/** Held on the effective day or later, or with money in a plan year that moves. $1 units, $2 day, $3 plan years. */
const HOLDINGS = `
  WITH held AS (
    SELECT unit_code, project_code FROM project_unit
    WHERE unit_code = ANY($1) AND (valid_to IS NULL OR valid_to >= $2::date)
    UNION
    SELECT unit_code, project_code FROM (
      SELECT unit_code, project_code, basis, carried_over, source_code, effective_month AS month, amount
      FROM allocation_line WHERE plan_year = ANY($3) AND unit_code = ANY($1)
      UNION ALL
      SELECT unit_code, project_code, basis, carried_over, source_code, month, amount
      FROM disbursement_entry WHERE plan_year = ANY($3) AND unit_code = ANY($1)) AS booked
    WHERE amount <> 0)
  SELECT held.unit_code AS unit, held.project_code AS project, p.parent_code AS parent
  FROM held LEFT JOIN project AS p ON p.code = held.project_code
  ORDER BY held.unit_code COLLATE "C", held.project_code COLLATE "C" NULLS FIRST`;
