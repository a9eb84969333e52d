import { addWorkingDays, workingDaysUntil, type DayKinds } from '#libs/calendar';
import { addDays, type IsoDate } from '#libs/kernel';
import type { Course, NoticeState } from './life-cycle.rule.js';

/** Working days that each duty has; domain.md §5: deadlines are configuration [U]. */
export interface FollowUpDeadlines {
  acknowledgeWorkingDays: number;
  planWorkingDays: number;
  answerWorkingDays: number;
  /** Working days after a due day from which the leaders are told. */
  escalationWorkingDays: number;
}

export const DUTIES = ['acknowledge', 'plan', 'answer'] as const;
export type Duty = (typeof DUTIES)[number];
export type DutyMark = `${Duty}-${'due-soon' | 'overdue' | 'escalated'}`;

/** Working days before the due day from which its recipient is reminded. */
const SOON = 1;

/** What the recipient has to do next, where there is a deadline for it. */
export function dutyOf(course: Course, state: NoticeState): Duty | undefined {
  if (course !== 'team' && course !== 'unit') return undefined;
  if (state === 'issued' || state === 'delivered') return 'acknowledge';
  if (state !== 'acknowledged') return undefined;
  return course === 'team' ? 'plan' : 'answer';
}

export function daysFor(duty: Duty, deadlines: FollowUpDeadlines): number {
  return {
    acknowledge: deadlines.acknowledgeWorkingDays,
    plan: deadlines.planWorkingDays,
    answer: deadlines.answerWorkingDays,
  }[duty];
}

export interface DutyDue {
  duty: Duty;
  day: IsoDate;
  /** Working days; negative once the day has passed. On a free day after it nobody is late by a working day yet. */
  daysLeft: number;
  isOverdue: boolean;
}

/** The duty began on `since`: the day of issue for the acknowledgement, that of the acknowledgement for the rest. */
export function dueOf(
  duty: Duty,
  since: IsoDate,
  today: IsoDate,
  deadlines: FollowUpDeadlines,
  kinds: DayKinds,
): DutyDue {
  const day = addWorkingDays(since, daysFor(duty, deadlines), kinds);
  const daysLeft = workingDaysUntil(today, day, kinds);
  return { duty, day, daysLeft, isOverdue: daysLeft < 0 };
}

/**
 * The marks that a duty has earned by today. A reminder that comes after the day is none: a job that stood still over
 * it says that the day has passed, and no more.
 */
export function marksOf({ duty, daysLeft, isOverdue }: DutyDue, deadlines: FollowUpDeadlines): DutyMark[] {
  if (!isOverdue) return daysLeft <= SOON ? [`${duty}-due-soon`] : [];
  return -daysLeft >= deadlines.escalationWorkingDays ? [`${duty}-overdue`, `${duty}-escalated`] : [`${duty}-overdue`];
}

/** The last day on which a duty may have begun so that it is overdue today: lists are narrowed by it. */
export function lastOverdueSince(duty: Duty, today: IsoDate, deadlines: FollowUpDeadlines, kinds: DayKinds): IsoDate {
  let since = today;
  while (!dueOf(duty, since, today, deadlines, kinds).isOverdue) since = addDays(since, -1);
  return since;
}
