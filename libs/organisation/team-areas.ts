import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { addDays, DomainError, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import type { OrganisationErrorCode } from './errors.js';
import { InspectionTeam, TeamArea } from './inspection-team.entity.js';

/** A unit or a place that goes to a team, or to none, from a day on. */
export interface AreaMove {
  subject: { unitCode: string } | { placeCode: string };
  /** null: no team looks after it by itself any more; the fallback answers for a unit. */
  teamCode: string | null;
  from: IsoDate;
}

/**
 * Moves a unit or place in one act: what the present team has ends the day before, what was planned for later falls
 * away. A day that has passed stays as it was, so the move may not begin before a change that already took place.
 */
export async function moveArea(db: DataSource, actor: Actor, { subject, teamCode, from }: AreaMove): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const code = await lockSubject(tx, subject, from);
    if (teamCode !== null && !(await tx.existsBy(InspectionTeam, { code: teamCode })))
      throw new DomainError<OrganisationErrorCode>('inspection-team-unknown', { team: teamCode });
    const before = await tx.find(TeamArea, { where: subject, order: { validFrom: 'ASC' } });
    const today = await businessDate(tx);
    const begun = before.filter(({ validFrom }) => validFrom <= today).at(-1);
    if (begun && begun.validFrom >= from)
      throw new DomainError<OrganisationErrorCode>('area-move-too-early', {
        area: code,
        first: addDays(begun.validFrom, 1),
      });
    const planned = before.filter(({ validFrom }) => validFrom >= from);
    const present = before.find(({ validFrom, validTo }) => validFrom < from && (validTo === null || validTo >= from));
    if ((present?.teamCode ?? null) === teamCode && planned.length === 0)
      throw new DomainError<OrganisationErrorCode>('area-stays', { area: code, team: teamCode ?? '–' });
    if (planned.length > 0) await tx.remove(planned);
    // Back with the team that has it: the row goes on as if nothing had been planned.
    const staysOn = present && present.teamCode === teamCode;
    if (present) await tx.update(TeamArea, present.id, { validTo: staysOn ? null : addDays(from, -1) });
    if (teamCode !== null && !staysOn) await tx.insert(TeamArea, { ...subject, teamCode, validFrom: from });
    record({
      action: 'team-area.move',
      objectType: 'unitCode' in subject ? 'unit' : 'place',
      objectId: code,
      before: before.map(rowOf),
      after: (await tx.find(TeamArea, { where: subject, order: { validFrom: 'ASC' } })).map(rowOf),
    });
  });
}

const rowOf = ({ teamCode, validFrom, validTo }: TeamArea) => ({ teamCode, validFrom, validTo });

/** Two who move the same unit or place do so one after the other. Refuses one that does not exist on the day. */
async function lockSubject(tx: EntityManager, subject: AreaMove['subject'], from: IsoDate): Promise<string> {
  const [table, code] = 'unitCode' in subject ? ['unit', subject.unitCode] : ['place', subject.placeCode];
  const [found]: { valid_to: string | null }[] = await tx.query(
    `SELECT valid_to::text FROM ${table} WHERE code = $1 FOR NO KEY UPDATE`,
    [code],
  );
  if (!found)
    throw table === 'unit'
      ? new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code })
      : new DomainError<OrganisationErrorCode>('area-place-unknown', { place: code });
  if (found.valid_to !== null && found.valid_to < from)
    throw new DomainError<OrganisationErrorCode>('area-ended', { area: code, day: found.valid_to });
  return code;
}
