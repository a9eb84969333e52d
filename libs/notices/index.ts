export { acknowledgeNotice } from './acknowledge-notice.js';
export type { NoticesErrorCode } from './errors.js';
export { issueNotices } from './issue-notices.js';
export {
  AUDIENCES,
  REMINDER_STEPS,
  Notice,
  NoticeLine,
  type Audience,
  type NoticeLineKind,
  type NoticeState,
  type ReminderStep,
} from './notice.entity.js';
export { findNotice, listNotices, noticeFates, type NoticeFilter, type NoticeWithLines } from './notice-queries.js';
export { NoticesModule } from './notices.module.js';
export { ANNOUNCEMENT_RELEASED, releaseAnnouncement } from './release-announcement.js';
export { releasedNotices, releasedVersionBefore } from './released-notices.js';
export { remindOpenMonths } from './remind-open-months.js';
export { remindReports } from './remind-reports.js';
