import type { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { dayKinds, type DayKinds } from '#libs/calendar';
import { addDays, dateInProvince, PROVINCE_TIME_ZONE, type IsoDate } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import { courseOf } from './life-cycle.rule.js';
import type { Notice } from './notice.entity.js';
import { dueOf, dutyOf, lastOverdueSince, type DutyDue, type FollowUpDeadlines } from './notice-duties.js';

/** Before that, what is long overdue counts its days by the plain week. */
const LONGEST_FOLLOWED_DAYS = 366;
const LONGEST_DEADLINE_DAYS = 120;

/** The day of the office and its calendar, read once for as many notices as there are. */
export interface DueClock {
  today: IsoDate;
  kinds: DayKinds;
  deadlines: FollowUpDeadlines;
}

export async function dueClock(db: DataSource | EntityManager, deadlines: FollowUpDeadlines): Promise<DueClock> {
  const today = await businessDate(db);
  const kinds = await dayKinds(db, addDays(today, -LONGEST_FOLLOWED_DAYS), addDays(today, LONGEST_DEADLINE_DAYS));
  return { today, kinds, deadlines };
}

/** What the recipient has to do by when; undefined where nothing with a deadline. */
export function noticeDue(notice: Notice, { today, kinds, deadlines }: DueClock): DutyDue | undefined {
  const duty = dutyOf(courseOf(notice), notice.state);
  const since = duty === 'acknowledge' ? notice.issuedAt : notice.acknowledgedAt;
  return duty && since ? dueOf(duty, dateInProvince(since), today, deadlines, kinds) : undefined;
}

/** `new`: to be acknowledged; `due`: to be planned or answered; `overdue`: either, its day has passed. */
export const NOTICE_SHOWS = ['new', 'due', 'overdue', 'done'] as const;
export type NoticeShow = (typeof NOTICE_SHOWS)[number];

/** Narrows a query to what waits in one way; the due day is nowhere stored, so the calendar can be corrected. */
export function showing(query: SelectQueryBuilder<Notice>, show: NoticeShow, clock: DueClock): void {
  const { today, deadlines, kinds } = clock;
  const day = (column: string): string => `(notice.${column} AT TIME ZONE '${PROVINCE_TIME_ZONE}')::date`;
  const followed = "notice.step = '' AND notice.audience IN ('team', 'unit')";
  const isNew = "notice.state IN ('issued', 'delivered')";
  const isDue = `${followed} AND notice.state = 'acknowledged'`;
  const overdue = `${followed} AND (
    (${isNew} AND ${day('issued_at')} <= :acknowledgeSince)
    OR (notice.state = 'acknowledged' AND notice.audience = 'team' AND ${day('acknowledged_at')} <= :planSince)
    OR (notice.state = 'acknowledged' AND notice.audience = 'unit' AND ${day('acknowledged_at')} <= :answerSince))`;
  const condition = {
    new: `notice.audience <> 'announcement' AND ${isNew} AND NOT (${overdue})`,
    due: `${isDue} AND NOT (${overdue})`,
    overdue,
    done: `notice.state <> 'draft' AND NOT (${isNew} AND notice.audience <> 'announcement') AND NOT (${isDue})`,
  }[show];
  query.andWhere(`(${condition})`, {
    acknowledgeSince: lastOverdueSince('acknowledge', today, deadlines, kinds),
    planSince: lastOverdueSince('plan', today, deadlines, kinds),
    answerSince: lastOverdueSince('answer', today, deadlines, kinds),
  });
}
