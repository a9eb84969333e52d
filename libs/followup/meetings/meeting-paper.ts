import type { DataSource } from 'typeorm';
import {
  composeAgenda,
  composeMinutes,
  templateInForce,
  type Composer,
  type MeetingFacts,
  type OfficialDocument,
} from '#libs/documents';
import { DomainError, type Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { membersOn } from './bodies.js';
import type { MeetingErrorCode } from './errors.js';
import { presentLine } from './hold-meeting.js';
import { findMeeting } from './meeting-queries.js';

export const MEETING_PAPERS = ['agenda', 'minutes'] as const;
export type MeetingPaper = (typeof MEETING_PAPERS)[number];

/** The agenda or, once the agenda is fixed, the minutes of a meeting of the actor's bodies, as an official document. */
export async function meetingPaper(
  db: DataSource,
  actor: Actor,
  id: number,
  paper: MeetingPaper,
): Promise<OfficialDocument> {
  const { meeting, items, decisions } = await findMeeting(db, actor, id);
  if (paper === 'minutes' && meeting.state === 'preparing')
    throw new DomainError<MeetingErrorCode>('meeting-not-fixed', { meeting: id, state: meeting.state });
  const { illustrative, provinceName } = await instanceSetting(db);
  const members = await membersOn(db.manager, meeting.bodyId, meeting.heldOn);
  const nameOf = (part: 'chair' | 'secretary'): string =>
    members.find(
      (member) => member.part === part && (paper === 'agenda' || meeting.present.includes(presentLine(member))),
    )?.name ?? '';
  const facts: MeetingFacts = {
    bodyName: meeting.bodyName,
    isForDifficulty: meeting.kind === 'difficulty',
    heldOn: meeting.heldOn,
    place: meeting.place,
    isFixed: meeting.state !== 'preparing',
    members: members.map(presentLine),
    present: meeting.present,
    chair: nameOf('chair'),
    secretary: nameOf('secretary'),
    items: items.map(({ source, title, facts: known, id: itemId }) => ({
      isUndone: source === 'undone-decision',
      title,
      facts: known,
      decisions: decisions.filter((each) => each.itemId === itemId && each.state !== 'withdrawn'),
    })),
    otherDecisions: decisions.filter(({ itemId, state }) => itemId === null && state !== 'withdrawn'),
    conclusion: meeting.conclusion,
    illustrative,
  };
  const { template } = await templateInForce(db, paper, provinceName);
  return paper === 'agenda' ? composeAgenda(facts, template) : composeMinutes(facts, template);
}

/** Keeps the agenda or the minutes as a draft of the register, once the agenda is fixed. */
export function meetingComposer(paper: MeetingPaper): Composer {
  return async (db, actor, request) => {
    const id = request.meeting ?? 0;
    const { meeting } = await findMeeting(db, actor, id);
    if (meeting.state === 'preparing')
      throw new DomainError<MeetingErrorCode>('meeting-not-fixed', { meeting: id, state: meeting.state });
    const { version } = await templateInForce(db, paper, (await instanceSetting(db)).provinceName);
    return {
      kind: paper,
      about: `meeting ${id}`,
      recipient: { code: '', name: '' },
      templateVersion: version,
      content: await meetingPaper(db, actor, id, paper),
      evaluated: null,
    };
  };
}
