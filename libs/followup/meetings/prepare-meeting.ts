import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate, businessNow } from '#libs/platform';
import { findDifficulty, isOver } from '../difficulties/index.js';
import { agendaCandidates, type Candidate } from './agenda-sources.js';
import { requireBody } from './bodies.js';
import type { MeetingErrorCode } from './errors.js';
import { Meeting, MeetingItem, type ItemSource } from './meeting.entity.js';
import { findMeeting, requireMeeting } from './meeting-queries.js';

export interface NewMeeting {
  bodyId: number;
  heldOn: IsoDate;
  place: string;
  /** The difficulty it is called for; without one it is the month's. */
  difficultyId?: number | undefined;
}

/** Calls a meeting of a body. Its agenda begins with what the body decided and nobody did, then what it is called for. */
export async function callMeeting(
  db: DataSource,
  actor: Actor,
  { difficultyId, ...given }: NewMeeting,
): Promise<number> {
  if (difficultyId !== undefined) {
    const { difficulty } = await findDifficulty(db, actor, difficultyId);
    if (isOver(difficulty.state))
      throw new DomainError<MeetingErrorCode>('meeting-difficulty', { difficulty: difficultyId });
  }
  return auditedTransaction(db, actor, async (tx, record) => {
    await requireBody(tx, actor, given.bodyId);
    const called = {
      ...given,
      kind: difficultyId === undefined ? ('monthly' as const) : ('difficulty' as const),
      difficultyId: difficultyId ?? null,
      state: 'preparing' as const,
      createdAt: await businessNow(tx),
      createdBy: actor.displayName,
    };
    const { identifiers } = await tx.insert(Meeting, called);
    const { id } = identifiers[0] as { id: number };
    const meeting = await tx.findOneByOrFail(Meeting, { id });
    await writeItems(tx, meeting, await itemsOf(tx, actor, meeting, []));
    record({ action: 'meeting.call', objectType: 'meeting', objectId: id, after: { ...given, difficultyId } });
    return id;
  });
}

/** What the preparer put on the agenda: a candidate by its source and id, or a matter in words. */
export type ChosenItem = { source: Exclude<ItemSource, 'free'>; refId: number } | { source: 'free'; title: string };

/** What a meeting of the actor's bodies could talk about now. */
export async function candidatesOf(db: DataSource, actor: Actor, id: number): Promise<Candidate[]> {
  const { meeting } = await findMeeting(db, actor, id);
  const body = await requireBody(db.manager, actor, meeting.bodyId);
  return agendaCandidates(db.manager, body, await businessDate(db));
}

/** Sets the agenda while it is prepared; `seen` is the version that the preparer saw. */
export async function setAgenda(
  db: DataSource,
  actor: Actor,
  id: number,
  chosen: readonly ChosenItem[],
  seen: number,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const meeting = await requirePreparing(tx, actor, id);
    if (meeting.version !== seen) throw new DomainError<MeetingErrorCode>('meeting-changed-meanwhile', { meeting: id });
    const items = await itemsOf(tx, actor, meeting, chosen, 'refuse');
    await writeItems(tx, meeting, items);
    await tx.update(Meeting, { id }, { version: meeting.version + 1 });
    record({
      action: 'meeting.set-agenda',
      objectType: 'meeting',
      objectId: id,
      after: items.map(({ source, title }) => ({ source, title })),
    });
  });
}

/** Fixes the agenda: its items say what stands on this day, for good; what was settled meanwhile falls away. */
export async function fixAgenda(db: DataSource, actor: Actor, id: number): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const meeting = await requirePreparing(tx, actor, id);
    const prepared = await tx.find(MeetingItem, { where: { meetingId: id }, order: { ordinal: 'ASC' } });
    const chosen = prepared.map(({ source, refId, title }) => ({ source, refId, title }) as ChosenItem);
    const items = await itemsOf(tx, actor, meeting, chosen, 'leave out');
    if (items.length === 0) throw new DomainError<MeetingErrorCode>('meeting-agenda-empty', { meeting: id });
    await writeItems(tx, meeting, items);
    const fixedAt = await businessNow(tx);
    await tx.update(Meeting, { id }, { state: 'fixed', fixedAt, version: meeting.version + 1 });
    record({ action: 'meeting.fix-agenda', objectType: 'meeting', objectId: id, after: { items } });
  });
}

type NewItem = Pick<MeetingItem, 'source' | 'refId' | 'unitCode' | 'projectCode' | 'title' | 'facts'>;

/** Undone decisions first, whether chosen or not, then what the meeting is called for, then what was chosen, in its order. */
async function itemsOf(
  tx: EntityManager,
  actor: Actor,
  meeting: Meeting,
  chosen: readonly ChosenItem[],
  settled: 'refuse' | 'leave out' = 'leave out',
): Promise<NewItem[]> {
  const body = await requireBody(tx, actor, meeting.bodyId);
  const candidates = await agendaCandidates(tx, body, await businessDate(tx));
  const key = ({ source, refId }: Pick<Candidate, 'source' | 'refId'>): string => `${source} ${refId}`;
  const byKey = new Map(candidates.map((candidate) => [key(candidate), candidate]));
  const items = new Map<string, NewItem>();
  for (const candidate of candidates) if (candidate.source === 'undone-decision') items.set(key(candidate), candidate);
  const calledFor = byKey.get(`difficulty ${meeting.difficultyId}`);
  if (calledFor) items.set(key(calledFor), calledFor);
  for (const each of chosen) {
    if (each.source === 'free') {
      const free = { ...each, refId: null, unitCode: null, projectCode: null, facts: '' };
      items.set(`free ${each.title}`, free);
      continue;
    }
    const candidate = byKey.get(key(each));
    if (candidate) items.set(key(each), items.get(key(each)) ?? candidate);
    else if (settled === 'refuse')
      throw new DomainError<MeetingErrorCode>('meeting-item-unknown', { source: each.source, item: each.refId });
  }
  return [...items.values()];
}

async function writeItems(tx: EntityManager, { id }: Meeting, items: readonly NewItem[]): Promise<void> {
  await tx.delete(MeetingItem, { meetingId: id });
  for (const [i, item] of items.entries()) await tx.insert(MeetingItem, { ...item, meetingId: id, ordinal: i + 1 });
}

async function requirePreparing(tx: EntityManager, actor: Actor, id: number): Promise<Meeting> {
  const meeting = await requireMeeting(tx, actor, id);
  if (meeting.state !== 'preparing') throw new DomainError<MeetingErrorCode>('meeting-agenda-fixed', { meeting: id });
  return meeting;
}
