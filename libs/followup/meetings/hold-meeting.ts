import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate, businessNow } from '#libs/platform';
import { advanceWithin } from '../difficulties/index.js';
import { membersOn } from './bodies.js';
import type { MeetingErrorCode } from './errors.js';
import { Meeting, MeetingDecision, MeetingItem, type DecisionState, type MeetingMember } from './meeting.entity.js';
import { findMeeting, requireMeeting } from './meeting-queries.js';

export interface NewMeetingDecision {
  /** The item of the agenda that it settles; null: on something else. */
  itemId: number | null;
  text: string;
  owner: string;
  dueDate: IsoDate;
}

/** Notes what a meeting decided. On an item that is a difficulty, the difficulty is thereby decided. */
export async function decideInMeeting(
  db: DataSource,
  actor: Actor,
  id: number,
  decision: NewMeetingDecision,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const meeting = await requireMeeting(tx, actor, id);
    if (meeting.state !== 'fixed')
      throw new DomainError<MeetingErrorCode>('meeting-not-fixed', { meeting: id, state: meeting.state });
    if (decision.dueDate < meeting.heldOn)
      throw new DomainError<MeetingErrorCode>('meeting-due-before', { day: meeting.heldOn });
    const item =
      decision.itemId === null ? null : await tx.findOneBy(MeetingItem, { id: decision.itemId, meetingId: id });
    if (decision.itemId !== null && !item)
      throw new DomainError<MeetingErrorCode>('meeting-item-unknown', { source: '', item: decision.itemId });
    await tx.insert(MeetingDecision, {
      ...decision,
      meetingId: id,
      unitCode: item?.unitCode ?? null,
      projectCode: item?.projectCode ?? null,
      state: 'open',
      decidedAt: await businessNow(tx),
      decidedBy: actor.displayName,
    });
    record({ action: 'meeting.decide', objectType: 'meeting', objectId: id, after: decision });
    if (item?.source === 'difficulty' && item.refId !== null)
      await advanceWithin(tx, record, actor, item.refId, { to: 'decided', note: decision.text });
  });
}

/** How a decision ended: done, or withdrawn with the reason. Once. */
export async function endDecision(
  db: DataSource,
  actor: Actor,
  id: number,
  decisionId: number,
  { to, outcome }: { to: Exclude<DecisionState, 'open'>; outcome: string },
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await findMeeting(tx, actor, id);
    const decision = await tx.findOne(MeetingDecision, {
      where: { id: decisionId, meetingId: id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!decision) throw new DomainError<MeetingErrorCode>('meeting-decision-unknown', { decision: decisionId });
    if (decision.state !== 'open')
      throw new DomainError<MeetingErrorCode>('meeting-decision-ended', { decision: decisionId });
    const ended = { state: to, outcome, endedOn: await businessDate(tx), endedBy: actor.displayName };
    await tx.update(MeetingDecision, { id: decisionId }, ended);
    record({
      action: to === 'done' ? 'meeting-decision.done' : 'meeting-decision.withdraw',
      objectType: 'meeting-decision',
      objectId: decisionId,
      before: { state: 'open' },
      after: ended,
    });
  });
}

/** Closes a meeting that took place: who was there and what it concluded stand in the minutes from then on. */
export async function closeMeeting(
  db: DataSource,
  actor: Actor,
  id: number,
  { presentIds, conclusion }: { presentIds: readonly number[]; conclusion: string },
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const meeting = await requireMeeting(tx, actor, id);
    if (meeting.state !== 'fixed')
      throw new DomainError<MeetingErrorCode>('meeting-not-fixed', { meeting: id, state: meeting.state });
    if (meeting.heldOn > (await businessDate(tx)))
      throw new DomainError<MeetingErrorCode>('meeting-not-yet', { day: meeting.heldOn });
    const members = await membersOn(tx, meeting.bodyId, meeting.heldOn);
    const stranger = presentIds.find((memberId) => !members.some((member) => member.id === memberId));
    if (stranger !== undefined) throw new DomainError<MeetingErrorCode>('meeting-member-unknown', { member: stranger });
    const present = members.filter((member) => presentIds.includes(member.id)).map(presentLine);
    const closedAt = await businessNow(tx);
    await tx.update(Meeting, { id }, { state: 'held', present, conclusion, closedAt, version: meeting.version + 1 });
    record({ action: 'meeting.close', objectType: 'meeting', objectId: id, after: { present, conclusion } });
  });
}

const PARTS = { chair: ' (chủ trì)', secretary: ' (thư ký)', member: '' };

/** As it stands in the minutes. */
export function presentLine({ name, position, part }: Pick<MeetingMember, 'name' | 'position' | 'part'>): string {
  return `${name}, ${position}${PARTS[part]}`;
}
