import { type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import {
  addDays,
  canonicalJson,
  DomainError,
  inTransaction,
  isDuplicate,
  sha256,
  slicesOf,
  systemClock,
  type Actor,
} from '#libs/kernel';
import { Reorganisation, TeamArea, Unit, UnitSuccession, type OrganisationErrorCode } from '#libs/organisation';
import { ProjectUnit } from '#libs/projects';
import {
  bookDisbursedMoves,
  bookPlanMoves,
  disbursedMoves,
  planMoves,
  refuseUnreplacedEstimates,
} from './move-books.js';
import { planReorganisation } from './plan-reorganisation.js';
import { asLedgerRefusal } from './refusals.js';
import type { NewReorganisation, ReorganisationErrorCode, ReorganisationPlan } from './reorganisation-request.js';
import { readBooks, resultOf, type ReorganisationResult } from './reorganisation-result.js';

/** Thrown out of a transaction that must leave nothing behind. */
class Undone extends Error {
  constructor(readonly result: ReorganisationResult) {
    super('preview');
  }
}

/**
 * What the act would do, without doing it: the act itself in a transaction that is then undone, so a preview cannot
 * differ from it. Refuses what the act would refuse.
 */
export async function previewReorganisation(
  db: DataSource,
  actor: Actor,
  request: NewReorganisation,
): Promise<ReorganisationResult> {
  try {
    return await inTransaction(db, async (tx) => {
      const { id } = await saveDraft(tx, actor, request, '');
      throw new Undone((await carryOut(tx, actor, request, id)).result);
    });
  } catch (error) {
    if (error instanceof Undone) return error.result;
    throw error;
  }
}

/** Names a result in a few characters: the second person confirms this one and no other. */
export function resultHashOf(result: ReorganisationResult): string {
  return sha256(canonicalJson(result));
}

/** The first person: keeps the request with what it would move. Moves nothing yet. */
export async function prepareReorganisation(
  db: DataSource,
  actor: Actor,
  request: NewReorganisation,
): Promise<Reorganisation> {
  const result = await previewReorganisation(db, actor, request);
  return auditedTransaction(db, actor, async (tx, record) => {
    const draft = await saveDraft(tx, actor, request, canonicalJson(result));
    record({ action: 'reorganisation.prepare', objectType: 'reorganisation', objectId: draft.id, after: request });
    return draft;
  });
}

/**
 * The second person: carries the act out, all of it in one transaction, if it still does what they saw. `seen` is the
 * hash of that result; where the books moved on meanwhile, `reorganisation-changed-meanwhile`.
 */
export async function carryOutReorganisation(
  db: DataSource,
  actor: Actor,
  id: number,
  seen: string,
): Promise<Reorganisation> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const draft = await lockedDraft(tx, id);
    if (draft.preparedBy === actor.username)
      throw new DomainError<ReorganisationErrorCode>('reorganisation-same-person', { decision: draft.decisionNo });
    const request = JSON.parse(draft.request) as NewReorganisation;
    const { result, booked } = await carryOut(tx, actor, request, id);
    if (resultHashOf(result) !== seen)
      throw new DomainError<ReorganisationErrorCode>('reorganisation-changed-meanwhile', {
        decision: draft.decisionNo,
      });
    Object.assign(draft, {
      state: 'carried-out',
      result: canonicalJson(result),
      decidedAt: systemClock.now(),
      decidedBy: actor.username,
    });
    await tx.save(draft);
    record({
      action: 'reorganisation.carry-out',
      objectType: 'reorganisation',
      objectId: id,
      before: { state: 'draft' },
      after: { ...request, resultHash: seen, ...booked },
    });
    return draft;
  });
}

/** A draft that is not wanted any more. It stays, as what it is. */
export async function withdrawReorganisation(db: DataSource, actor: Actor, id: number): Promise<Reorganisation> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const draft = await lockedDraft(tx, id);
    Object.assign(draft, { state: 'withdrawn', decidedAt: systemClock.now(), decidedBy: actor.username });
    await tx.save(draft);
    record({
      action: 'reorganisation.withdraw',
      objectType: 'reorganisation',
      objectId: id,
      before: { state: 'draft' },
      after: { state: 'withdrawn' },
    });
    return draft;
  });
}

async function lockedDraft(tx: EntityManager, id: number): Promise<Reorganisation> {
  const found = await tx.findOne(Reorganisation, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!found) throw new DomainError<ReorganisationErrorCode>('reorganisation-unknown', { id });
  if (found.state !== 'draft')
    throw new DomainError<ReorganisationErrorCode>('reorganisation-decided', { decision: found.decisionNo });
  return found;
}

async function saveDraft(
  tx: EntityManager,
  actor: Actor,
  request: NewReorganisation,
  result: string,
): Promise<Reorganisation> {
  const { decisionNo, decisionDate, effectiveDate, note, ended, successors, projects } = request;
  const unitCodes = [
    ...ended.flatMap(({ unitCode, successorCode, unassignedTo }) => [unitCode, successorCode, unassignedTo]),
    ...successors.map(({ code }) => code),
    ...projects.map(({ successorCode }) => successorCode),
  ].filter((code) => code !== null);
  const { identifiers } = await tx.insert(Reorganisation, {
    decisionNo,
    decisionDate,
    effectiveDate,
    note,
    unitCodes: [...new Set(unitCodes)],
    request: canonicalJson(request),
    result,
    preparedAt: systemClock.now(),
    preparedBy: actor.username,
  });
  return tx.findOneByOrFail(Reorganisation, { id: (identifiers[0] as { id: number }).id });
}

/**
 * The act: units end and begin, who follows whom, projects, team areas, the plan in force and what was disbursed.
 * Ends by checking that nothing with money is left on an ended unit and that no total of the province changed.
 */
async function carryOut(
  tx: EntityManager,
  actor: Actor,
  request: NewReorganisation,
  id: number,
): Promise<{ result: ReorganisationResult; booked: { decisionIds: number[]; entries: number } }> {
  const { effectiveDate, decisionNo } = request;
  return asLedgerRefusal({ decision: decisionNo, day: effectiveDate, month: effectiveDate.slice(0, 7) }, async () => {
    const plan = await planReorganisation(tx, request);
    await refuseUnreplacedEstimates(tx, plan, request);
    // Its new units begin in the reading with nothing, so they must be there already.
    await beginUnits(tx, plan, effectiveDate);
    const before = await readBooks(tx, plan);
    const moves = { plan: await planMoves(tx, plan), disbursed: await disbursedMoves(tx, plan) };
    await endUnits(tx, plan, effectiveDate, id);
    await handOverProjects(tx, plan, effectiveDate);
    const decisionIds = moves.plan.length === 0 ? [] : await bookPlanMoves(tx, actor, request, moves.plan);
    const entries = moves.disbursed.length === 0 ? 0 : await bookDisbursedMoves(tx, actor, request, moves.disbursed);
    await assertNothingLeft(tx, plan);
    const after = await readBooks(tx, plan);
    const result = await resultOf(tx, plan, effectiveDate, { before, after }, moves);
    return { result, booked: { decisionIds, entries } };
  });
}

async function beginUnits(tx: EntityManager, { newUnits }: ReorganisationPlan, validFrom: string): Promise<void> {
  for (const { teamCode: _, ...unit } of newUnits)
    await tx.insert(Unit, { ...unit, validFrom, validTo: null }).catch((error: unknown) => {
      throw isDuplicate(error, 'unit_pk')
        ? new DomainError<OrganisationErrorCode>('unit-exists', { unit: unit.code })
        : error;
    });
}

async function endUnits(tx: EntityManager, plan: ReorganisationPlan, date: string, id: number): Promise<void> {
  const lastDay = addDays(date, -1);
  await tx.query('UPDATE unit SET valid_to = $2, updated_at = now() WHERE code = ANY($1)', [plan.endedCodes, lastDay]);
  await tx.insert(
    UnitSuccession,
    plan.successions.map(({ predecessor, successor, isNew }) => ({
      reorganisationId: id,
      predecessorCode: predecessor,
      successorCode: successor,
      effectiveDate: date,
      peopleFollow: isNew,
    })),
  );
  // An area that would only begin later never does.
  await tx.query('DELETE FROM team_area WHERE unit_code = ANY($1) AND valid_from > $2', [plan.endedCodes, lastDay]);
  await tx.query(
    'UPDATE team_area SET valid_to = $2 WHERE unit_code = ANY($1) AND (valid_to IS NULL OR valid_to > $2)',
    [plan.endedCodes, lastDay],
  );
  if (plan.teams.length > 0)
    await tx.insert(
      TeamArea,
      plan.teams.map((team) => ({ ...team, validFrom: date })),
    );
}

/** From the effective day on another unit holds the project; until then the ended one did. */
async function handOverProjects(tx: EntityManager, plan: ReorganisationPlan, date: string): Promise<void> {
  const routes = JSON.stringify(plan.routes.filter(({ projectCode }) => projectCode !== null));
  const toSuccessor = `jsonb_to_recordset($1) AS r ("from" text, "projectCode" text, "to" text)`;
  const rows: { projectCode: string; unitCode: string; validTo: string | null }[] = await tx.query(
    `SELECT h.project_code AS "projectCode", r."to" AS "unitCode", h.valid_to::text AS "validTo"
     FROM project_unit AS h JOIN ${toSuccessor} ON r."from" = h.unit_code AND r."projectCode" = h.project_code
     WHERE (h.valid_from IS NULL OR h.valid_from < $2) AND (h.valid_to IS NULL OR h.valid_to >= $2::date)`,
    [routes, date],
  );
  await tx.query(
    `UPDATE project_unit AS h SET unit_code = r."to" FROM ${toSuccessor}
     WHERE r."from" = h.unit_code AND r."projectCode" = h.project_code AND h.valid_from >= $2`,
    [routes, date],
  );
  await tx.query(
    `UPDATE project_unit SET valid_to = $2::date - 1
     WHERE unit_code = ANY($1) AND (valid_to IS NULL OR valid_to >= $2::date)`,
    [plan.endedCodes, date],
  );
  for (const some of slicesOf(rows, 1000))
    await tx.insert(
      ProjectUnit,
      some.map((row) => ({ ...row, validFrom: date })),
    );
}

async function assertNothingLeft(tx: EntityManager, plan: ReorganisationPlan): Promise<void> {
  const left: unknown[] = await tx.query(
    `SELECT unit_code FROM (
       SELECT unit_code, plan_year, basis, carried_over, project_code, source_code, amount FROM allocation_line
       UNION ALL
       SELECT unit_code, plan_year, basis, carried_over, project_code, source_code, amount FROM disbursement_entry) AS b
     WHERE unit_code = ANY($1) AND plan_year = ANY($2)
     GROUP BY unit_code, plan_year, basis, carried_over, project_code, source_code HAVING sum(amount) <> 0 LIMIT 1`,
    [plan.endedCodes, plan.months.map(({ planYear }) => planYear)],
  );
  if (left.length > 0) throw new Error(`money is left on an ended unit: ${JSON.stringify(left[0])}`);
}
