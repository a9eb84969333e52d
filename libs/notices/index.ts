export { acknowledgeNotice } from './acknowledge-notice.js';
export { advanceNotice, type StepReason } from './advance-notice.js';
export type { NoticesErrorCode } from './errors.js';
export { issueNotices } from './issue-notices.js';
export {
  AUDIENCES,
  COURSES,
  courseOf,
  isOver,
  NOTICE_STATES,
  TRANSITIONS,
  wayTo,
  type Audience,
  type Course,
  type NoticeState,
} from './life-cycle.rule.js';
export { Notice, NoticeLine, REMINDER_STEPS, type NoticeLineKind, type ReminderStep } from './notice.entity.js';
export { NOTICE_MARKS, NoticeStep, NoticeTransition, type NoticeMark } from './notice-step.entity.js';
export { findNotice, listNotices, noticeFates, type NoticeFilter, type NoticeWithLines } from './notice-queries.js';
export { NoticesModule } from './notices.module.js';
export { releaseAnnouncement } from './release-announcement.js';
export { remindOpenMonths } from './remind-open-months.js';
export { remindReports } from './remind-reports.js';
