import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, maySeeUnit, type Actor, type IsoDate } from '#libs/kernel';
import type { OrganisationErrorCode } from './errors.js';

/** A unit before or after another one, by which reorganisation. */
export interface UnitRelation {
  code: string;
  name: string;
  /** The first day of the successor. */
  effectiveDate: IsoDate;
  reorganisationId: number;
  decisionNo: string;
}

export interface UnitHistory {
  predecessors: UnitRelation[];
  successors: UnitRelation[];
}

/** Whom a unit followed and who followed it, one step each way; `unit-unknown` if it is not the actor's. */
export async function unitHistory(db: DataSource, actor: Actor, code: string): Promise<UnitHistory> {
  const known: unknown[] = maySeeUnit(actor, code) ? await db.query('SELECT 1 FROM unit WHERE code = $1', [code]) : [];
  if (known.length === 0) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code });
  const related = (from: string, to: string): Promise<UnitRelation[]> =>
    db.query(
      `SELECT u.code, u.name, s.effective_date::text AS "effectiveDate", r.id AS "reorganisationId",
              r.decision_no AS "decisionNo"
       FROM unit_succession AS s JOIN unit AS u ON u.code = s.${to} JOIN reorganisation AS r ON r.id = s.reorganisation_id
       WHERE s.${from} = $1 ORDER BY s.effective_date, u.name COLLATE "vi-x-icu", u.code`,
      [code],
    );
  return {
    predecessors: await related('successor_code', 'predecessor_code'),
    successors: await related('predecessor_code', 'successor_code'),
  };
}

/** The units with those that followed them up to a day, chains included, where the people go with the unit. */
export async function followSuccessors(tx: EntityManager, codes: readonly string[], on: IsoDate): Promise<string[]> {
  if (codes.length === 0) return [];
  const rows: { code: string }[] = await tx.query(
    `WITH RECURSIVE own (code) AS (
       SELECT unnest($1::text[])
       UNION
       SELECT s.successor_code FROM own JOIN unit_succession AS s ON s.predecessor_code = own.code
       WHERE s.people_follow AND s.effective_date <= $2)
     SELECT code FROM own ORDER BY code COLLATE "C"`,
    [codes, on],
  );
  return rows.map(({ code }) => code);
}
