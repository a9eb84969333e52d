import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, isDuplicate, sqlState, type Actor, type IsoDate } from '#libs/kernel';
import { InspectionTeam, type OrganisationErrorCode } from '#libs/organisation';
import type { MeetingErrorCode } from './errors.js';
import { MeetingBody, MeetingMember, type BodyKind, type MemberPart } from './meeting.entity.js';

export type BodyWithMembers = MeetingBody & { members: MeetingMember[] };

/** The teams whose bodies the actor may see; null: all bodies. */
export function bodyScope(actor: Actor): readonly string[] | null {
  return actor.units === 'all' ? null : actor.teams;
}

/** SQL: whether a body is the actor's; `scope` is the parameter that holds what `bodyScope` gives. */
export function isVisibleBody(body: string, scope: string): string {
  return `(${scope}::text[] IS NULL OR ${body}.team_code = ANY(${scope}))`;
}

/** The actor's bodies, each with its members, those who left too, by the part they have and their names. */
export async function listBodies(db: DataSource, actor: Actor): Promise<BodyWithMembers[]> {
  const bodies = await db.manager
    .createQueryBuilder(MeetingBody, 'b')
    .where('(:scope::text[] IS NULL OR b.team_code = ANY(:scope))', { scope: bodyScope(actor) })
    .orderBy('b.id')
    .getMany();
  const members = await db.manager
    .createQueryBuilder(MeetingMember, 'm')
    .where('m.body_id = ANY(:ids)', { ids: bodies.map(({ id }) => id) })
    .orderBy("array_position(ARRAY['chair', 'secretary', 'member'], m.part)")
    .addOrderBy('m.name COLLATE "vi-x-icu"')
    .addOrderBy('m.id')
    .getMany();
  return bodies.map((body) => Object.assign(body, { members: members.filter(({ bodyId }) => bodyId === body.id) }));
}

export async function addBody(
  db: DataSource,
  actor: Actor,
  body: { kind: BodyKind; name: string; teamCode: string | null },
): Promise<void> {
  if ((body.kind === 'team') !== (body.teamCode !== null)) throw new DomainError<MeetingErrorCode>('meeting-body-team');
  await auditedTransaction(db, actor, async (tx, record) => {
    if (body.teamCode !== null && !(await tx.existsBy(InspectionTeam, { code: body.teamCode })))
      throw new DomainError<OrganisationErrorCode>('inspection-team-unknown', { team: body.teamCode });
    const { identifiers } = await tx.insert(MeetingBody, body);
    const { id } = identifiers[0] as { id: number };
    record({ action: 'meeting-body.add', objectType: 'meeting-body', objectId: id, after: body });
  }).catch((error: unknown) => {
    const isThere = isDuplicate(error, 'meeting_body_name_unique') || isDuplicate(error, 'meeting_body_team_unique');
    throw isThere ? new DomainError<MeetingErrorCode>('meeting-body-exists', { body: body.name }) : error;
  });
}

export async function addMember(
  db: DataSource,
  actor: Actor,
  bodyId: number,
  member: { name: string; position: string; part: MemberPart; validFrom: IsoDate },
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await requireBody(tx, actor, bodyId);
    await tx.insert(MeetingMember, { ...member, bodyId, validTo: null });
    record({ action: 'meeting-body.add-member', objectType: 'meeting-body', objectId: bodyId, after: member });
  }).catch((error: unknown) => {
    // exclusion_violation
    throw sqlState(error) === '23P01'
      ? new DomainError<MeetingErrorCode>('meeting-member-twice', { member: member.name })
      : error;
  });
}

/** The last day of a membership: it ends once. */
export async function endMember(
  db: DataSource,
  actor: Actor,
  bodyId: number,
  memberId: number,
  validTo: IsoDate,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await requireBody(tx, actor, bodyId);
    const member = await tx.findOne(MeetingMember, {
      where: { id: memberId, bodyId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!member) throw new DomainError<MeetingErrorCode>('meeting-member-unknown', { member: memberId });
    if (member.validTo !== null || validTo < member.validFrom)
      throw new DomainError<MeetingErrorCode>('meeting-member-ended', {
        member: member.name,
        day: member.validTo ?? member.validFrom,
      });
    await tx.update(MeetingMember, { id: memberId }, { validTo });
    record({
      action: 'meeting-body.end-member',
      objectType: 'meeting-body',
      objectId: bodyId,
      before: { name: member.name, validTo: null },
      after: { name: member.name, validTo },
    });
  });
}

export async function requireBody(tx: EntityManager, actor: Actor, id: number): Promise<MeetingBody> {
  const body = await tx.findOneBy(MeetingBody, { id });
  const scope = bodyScope(actor);
  if (!body || (scope !== null && !scope.includes(body.teamCode ?? '')))
    throw new DomainError<MeetingErrorCode>('meeting-body-unknown', { body: id });
  return body;
}

/** Who was in the body on a day. */
export function membersOn(tx: EntityManager, bodyId: number, day: IsoDate): Promise<MeetingMember[]> {
  return tx
    .createQueryBuilder(MeetingMember, 'm')
    .where('m.body_id = :bodyId', { bodyId })
    .andWhere("daterange(m.valid_from, m.valid_to, '[]') @> :day::date", { day })
    .orderBy("array_position(ARRAY['chair', 'secretary', 'member'], m.part)")
    .addOrderBy('m.name COLLATE "vi-x-icu"')
    .getMany();
}
