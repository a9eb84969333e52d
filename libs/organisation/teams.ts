import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, isDuplicate, type Actor, type IsoDate } from '#libs/kernel';
import type { OrganisationErrorCode } from './errors.js';
import { InspectionTeam } from './inspection-team.entity.js';

/** A unit or place that a team looks after, from a day to a day. */
export interface AreaRow {
  kind: 'unit' | 'place';
  code: string;
  name: string;
  teamCode: string;
  teamName: string;
  validFrom: IsoDate;
  validTo: IsoDate | null;
}

export interface TeamView {
  code: string;
  name: string;
  isFallback: boolean;
  /** Accounts of inspectors bound to the team, by name. */
  members: { username: string; displayName: string }[];
  /** On the day asked for. */
  areas: AreaRow[];
}

export interface TeamsOverview {
  teams: TeamView[];
  /** Changes that begin after the day, nearest first. */
  scheduled: AreaRow[];
  /** What ended before the day, latest first. Of every list at most MOST_AREAS_SHOWN. */
  ended: AreaRow[];
  /** Units that are rated and valid on the day, and places, that no team looks after. */
  withoutTeam: { kind: 'unit' | 'place'; code: string; name: string }[];
}

/** A province has under 200 units and as many places. */
const MOST_AREAS_SHOWN = 1000;

/** All teams with who is in them and what they look after on a day, what changes later, and what nobody looks after. */
export async function teamsOverview(db: DataSource, on: IsoDate): Promise<TeamsOverview> {
  const teams: Omit<TeamView, 'areas'>[] = await db.query(
    `SELECT t.code, t.name, t.is_fallback AS "isFallback",
            coalesce((SELECT json_agg(json_build_object('username', a.username, 'displayName', a.display_name)
                                      ORDER BY a.display_name COLLATE "vi-x-icu", a.username)
                      FROM account_scope AS s JOIN account AS a ON a.id = s.account_id
                      WHERE s.team_code = t.code AND a.role = 'inspector' AND a.disabled_at IS NULL), '[]') AS members
     FROM inspection_team AS t ORDER BY t.is_fallback, t.name COLLATE "vi-x-icu", t.code`,
  );
  const rows = (where: string, order: string): Promise<AreaRow[]> =>
    db.query(
      `SELECT * FROM (${AREAS} WHERE ${where}) AS r ORDER BY ${order}name COLLATE "vi-x-icu", code LIMIT ${MOST_AREAS_SHOWN}`,
      [on],
    );
  const present = await rows("daterange(a.valid_from, a.valid_to, '[]') @> $1::date", 'kind DESC, ');
  return {
    teams: teams.map((team) => ({ ...team, areas: present.filter(({ teamCode }) => teamCode === team.code) })),
    scheduled: await rows('a.valid_from > $1::date', '"validFrom", '),
    ended: await rows('a.valid_to < $1::date', '"validTo" DESC, '),
    withoutTeam: await db.query(
      `SELECT * FROM (
         SELECT 'unit' AS kind, code, name, valid_from, valid_to FROM unit WHERE kind <> 'reserve'
         UNION ALL SELECT 'place', code, name, valid_from, valid_to FROM place
       ) AS n (kind, code, name, valid_from, valid_to)
       WHERE daterange(valid_from, valid_to, '[]') @> $1::date AND NOT EXISTS (
         SELECT FROM team_area AS a WHERE daterange(a.valid_from, a.valid_to, '[]') @> $1::date
           AND CASE n.kind WHEN 'unit' THEN a.unit_code ELSE a.place_code END = n.code)
       ORDER BY kind DESC, name COLLATE "vi-x-icu", code`,
      [on],
    ),
  };
}

const AREAS = `
  SELECT CASE WHEN a.unit_code IS NULL THEN 'place' ELSE 'unit' END AS kind, coalesce(u.code, p.code) AS code,
         coalesce(u.name, p.name) AS name, t.code AS "teamCode", t.name AS "teamName",
         a.valid_from::text AS "validFrom", a.valid_to::text AS "validTo"
  FROM team_area AS a JOIN inspection_team AS t ON t.code = a.team_code
  LEFT JOIN unit AS u ON u.code = a.unit_code LEFT JOIN place AS p ON p.code = a.place_code`;

/** A team without areas; the first one of an office answers for what no team looks after. */
export async function addTeam(db: DataSource, actor: Actor, team: { code: string; name: string }): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const added = { ...team, isFallback: (await tx.count(InspectionTeam)) === 0 };
    await tx.insert(InspectionTeam, added);
    record({ action: 'team.add', objectType: 'inspection-team', objectId: team.code, after: added });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'inspection_team_pk')
      ? new DomainError<OrganisationErrorCode>('team-exists', { team: team.code })
      : error;
  });
}

/** Renames a team, or makes it the one that answers for what no team looks after: the one before hands that over. */
export async function changeTeam(
  db: DataSource,
  actor: Actor,
  code: string,
  changes: { name?: string; isFallback?: true },
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const teams = await tx.find(InspectionTeam, { order: { code: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    const team = teams.find((candidate) => candidate.code === code);
    if (!team) throw new DomainError<OrganisationErrorCode>('inspection-team-unknown', { team: code });
    const fallback = teams.find(({ isFallback }) => isFallback);
    if (changes.isFallback && fallback && fallback !== team) {
      await tx.update(InspectionTeam, fallback.code, { isFallback: false });
      record({
        action: 'team.change',
        objectType: 'inspection-team',
        objectId: fallback.code,
        before: fallback,
        after: { ...fallback, isFallback: false },
      });
    }
    await tx.update(InspectionTeam, code, changes);
    record({
      action: 'team.change',
      objectType: 'inspection-team',
      objectId: code,
      before: team,
      after: { ...team, ...changes },
    });
  });
}
