export { acknowledgeNotice } from './acknowledge-notice.js';
export type { NoticesErrorCode } from './errors.js';
export { issueNotices } from './issue-notices.js';
export {
  AUDIENCES,
  Notice,
  NoticeLine,
  type Audience,
  type NoticeLineKind,
  type NoticeState,
} from './notice.entity.js';
export { findNotice, listNotices, type NoticeFilter, type NoticeWithLines } from './notice-queries.js';
export { NoticesModule } from './notices.module.js';
export { releaseAnnouncement } from './release-announcement.js';
export { remindOpenMonths } from './remind-open-months.js';
