/**
 * The life of a notice as data (issue 5: issued → delivered → acknowledged → planned → inspected → resolved | closed).
 * The database holds the same table (`notice_transition`) and refuses whatever is not in it. Overdue and escalated are
 * marks beside the state, never states: see notice-duties.ts.
 */
export const NOTICE_STATES = [
  'draft',
  'issued',
  'delivered',
  'acknowledged',
  'planned',
  'inspected',
  'answered',
  'resolved',
  'closed',
  'withdrawn',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** `team`: an inspection team; `unit`: a letter to a flagged unit; `announcement`: the public one; `staff`: a reminder. */
export const AUDIENCES = ['team', 'unit', 'announcement', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Which way a notice goes. Reminders of reports and open months want to be acknowledged, no more. */
export const COURSES = ['team', 'unit', 'announcement', 'reminder'] as const;
export type Course = (typeof COURSES)[number];

export function courseOf({ audience, step }: { audience: Audience; step: string }): Course {
  return step !== '' || audience === 'staff' ? 'reminder' : audience;
}

type Transitions = Partial<Record<NoticeState, readonly NoticeState[]>>;

export const TRANSITIONS: Record<Course, Transitions> = {
  team: {
    draft: ['issued'],
    // Who reads it at once acknowledges it before the job has noted that it arrived.
    issued: ['delivered', 'acknowledged', 'closed', 'withdrawn'],
    delivered: ['acknowledged', 'closed', 'withdrawn'],
    // A sudden inspection has no plan.
    acknowledged: ['planned', 'inspected', 'resolved', 'closed', 'withdrawn'],
    planned: ['inspected', 'resolved', 'closed', 'withdrawn'],
    inspected: ['resolved', 'closed', 'withdrawn'],
    resolved: ['closed', 'withdrawn'],
    closed: ['withdrawn'],
  },
  unit: {
    draft: ['issued'],
    issued: ['delivered', 'acknowledged', 'closed', 'withdrawn'],
    delivered: ['acknowledged', 'closed', 'withdrawn'],
    acknowledged: ['answered', 'resolved', 'closed', 'withdrawn'],
    answered: ['resolved', 'closed', 'withdrawn'],
    resolved: ['closed', 'withdrawn'],
    closed: ['withdrawn'],
  },
  announcement: {
    draft: ['issued'],
    issued: ['delivered', 'withdrawn'],
    delivered: ['withdrawn'],
  },
  reminder: {
    issued: ['delivered', 'acknowledged'],
    delivered: ['acknowledged'],
  },
};

/** Ends that nobody reaches by going on: they are chosen. */
const ENDS: readonly NoticeState[] = ['closed', 'withdrawn'];

/**
 * The states to go through from one to another, the last included; empty when there already, undefined when no way
 * leads there. The shortest way: who plans a visit for a notice has thereby acknowledged it. A draft goes on only by
 * its release, and nothing goes on from an end.
 */
export function wayTo(course: Course, from: NoticeState, to: NoticeState): NoticeState[] | undefined {
  if (from === to) return [];
  const direct = TRANSITIONS[course][from] ?? [];
  if (direct.includes(to)) return [to];
  if (from === 'draft' || ENDS.includes(from)) return undefined;
  const ways = direct
    .filter((next) => !ENDS.includes(next) && next !== 'delivered')
    .map((next) => ({ next, rest: wayTo(course, next, to) }))
    .filter((way): way is { next: NoticeState; rest: NoticeState[] } => way.rest !== undefined)
    .sort((a, b) => a.rest.length - b.rest.length);
  const [shortest] = ways;
  return shortest && [shortest.next, ...shortest.rest];
}

/** Nothing more is asked of anybody. */
export function isOver(state: NoticeState): boolean {
  return state === 'resolved' || ENDS.includes(state);
}
