import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import {
  DomainError,
  isDuplicate,
  maySeeUnit,
  sqlState,
  violatedConstraint,
  type Actor,
  type IsoDate,
} from '#libs/kernel';
import type { UnitKind } from '#libs/monitoring/rule';
import type { OrganisationErrorCode } from './errors.js';
import { InspectionTeam, TeamArea } from './inspection-team.entity.js';
import { Unit } from './unit.entity.js';

export interface NewUnit {
  code: string;
  kind: UnitKind;
  group: string;
  name: string;
  shortName: string;
  validFrom: IsoDate | null;
  validTo: IsoDate | null;
}

/** A unit with the team that looks after it on the day asked for; no team means the fallback answers for it. */
export interface UnitWithTeam extends Unit {
  team: { code: string; name: string } | null;
}

export interface UnitFilter {
  /** The day whose teams are meant. */
  on: IsoDate;
  /** Only units valid on that day. */
  validOnly?: boolean;
  kind?: UnitKind;
  /** Units after this code, in the order of the list. */
  after?: string;
  limit: number;
}

/** The actor's units in the order of the Vietnamese alphabet, codes for equal names. */
export async function listUnits(
  db: DataSource,
  actor: Actor,
  filter: UnitFilter,
): Promise<{ items: UnitWithTeam[]; total: number }> {
  const query = db.manager
    .createQueryBuilder(Unit, 'unit')
    .where(actor.units === 'all' ? 'true' : 'unit.code IN (:...codes)', { codes: scopeOrNothing(actor) });
  if (filter.validOnly)
    query
      .andWhere('(unit.valid_from IS NULL OR unit.valid_from <= :on)', { on: filter.on })
      .andWhere('(unit.valid_to IS NULL OR unit.valid_to >= :on)', { on: filter.on });
  if (filter.kind) query.andWhere('unit.kind = :kind', { kind: filter.kind });
  const total = await query.getCount();
  if (filter.after)
    query.andWhere(
      `(unit.name COLLATE "vi-x-icu", unit.code) >
       (SELECT a.name COLLATE "vi-x-icu", a.code FROM unit AS a WHERE a.code = :after)`,
      { after: filter.after },
    );
  const units = await query
    .orderBy('unit.name COLLATE "vi-x-icu"')
    .addOrderBy('unit.code')
    .limit(filter.limit)
    .getMany();
  const teams = await teamsOfUnits(db.manager, filter.on);
  return { items: units.map((unit) => Object.assign(unit, { team: teams.get(unit.code) ?? null })), total };
}

/** One unit of the actor's; `unit-unknown` for one that does not exist or is not theirs. */
export async function findUnit(db: DataSource, actor: Actor, code: string, on: IsoDate): Promise<UnitWithTeam> {
  const unit = maySeeUnit(actor, code) ? await db.manager.findOneBy(Unit, { code }) : null;
  if (!unit) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code });
  const teams = await teamsOfUnits(db.manager, on);
  return Object.assign(unit, { team: teams.get(code) ?? null });
}

export async function addUnit(db: DataSource, actor: Actor, unit: NewUnit): Promise<Unit> {
  refuseCrossedDates(unit);
  return auditedTransaction(db, actor, async (tx, record) => {
    await tx.insert(Unit, unit);
    record({ action: 'unit.add', objectType: 'unit', objectId: unit.code, after: unit });
    return tx.findOneByOrFail(Unit, { code: unit.code });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'unit_pk')
      ? new DomainError<OrganisationErrorCode>('unit-exists', { unit: unit.code })
      : error;
  });
}

/** Changes names, group or validity. `expected` is the state the editor saw: another one is refused. */
export async function changeUnit(
  db: DataSource,
  actor: Actor,
  code: string,
  changes: Partial<Omit<NewUnit, 'code' | 'kind'>>,
  expected: Date,
): Promise<Unit> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const unit = await tx.findOne(Unit, { where: { code }, lock: { mode: 'pessimistic_write' } });
    if (!unit) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code });
    if (unit.updatedAt.getTime() !== expected.getTime())
      throw new DomainError<OrganisationErrorCode>('unit-changed-meanwhile', { unit: code });
    const before = { ...unit };
    Object.assign(unit, changes);
    refuseCrossedDates(unit);
    await tx.save(unit);
    record({ action: 'unit.change', objectType: 'unit', objectId: code, before, after: unit });
    return unit;
  }).catch((error: unknown) => {
    throw sqlState(error) === 'PT009' && violatedConstraint(error) === 'succession_fixed'
      ? new DomainError<OrganisationErrorCode>('unit-dates-fixed', { unit: code })
      : error;
  });
}

/** Which team looks after which unit on a day. */
export async function teamsOfUnits(
  tx: EntityManager,
  on: IsoDate,
): Promise<Map<string, { code: string; name: string }>> {
  const rows: { unit: string; code: string; name: string }[] = await tx
    .createQueryBuilder(TeamArea, 'area')
    .innerJoin(InspectionTeam, 'team', 'team.code = area.team_code')
    .select(['area.unit_code AS unit', 'team.code AS code', 'team.name AS name'])
    .where('area.unit_code IS NOT NULL')
    .andWhere('area.valid_from <= :on AND (area.valid_to IS NULL OR area.valid_to >= :on)', { on })
    .getRawMany();
  return new Map(rows.map(({ unit, code, name }) => [unit, { code, name }]));
}

/**
 * The places that teams look after on a day, with the communes inside their districts that no team looks after by
 * themselves.
 */
export async function placesOfTeams(tx: EntityManager, teams: readonly string[], on: IsoDate): Promise<string[]> {
  if (teams.length === 0) return [];
  const rows: { code: string }[] = await tx.query(
    `WITH area AS (
       SELECT team_code, place_code FROM team_area
       WHERE place_code IS NOT NULL AND daterange(valid_from, valid_to, '[]') @> $2::date
     )
     SELECT place_code AS code FROM area WHERE team_code = ANY($1)
     UNION
     SELECT p.code FROM place AS p JOIN area ON area.place_code = p.parent_code
     WHERE area.team_code = ANY($1) AND NOT EXISTS (SELECT FROM area AS own WHERE own.place_code = p.code)
     ORDER BY code`,
    [teams, on],
  );
  return rows.map(({ code }) => code);
}

/** `IN ()` is no SQL: an actor without rows asks for a code that cannot exist. */
export function scopeOrNothing(actor: Actor): readonly string[] {
  return actor.units === 'all' || actor.units.length === 0 ? [''] : actor.units;
}

function refuseCrossedDates({ validFrom, validTo }: { validFrom: IsoDate | null; validTo: IsoDate | null }): void {
  if (validFrom && validTo && validFrom > validTo)
    throw new DomainError<OrganisationErrorCode>('unit-dates-crossed', { validFrom, validTo });
}
