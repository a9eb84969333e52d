export { acknowledgeNotice } from './acknowledge-notice.js';
export { advanceNotice, NOTICE_STEPPED, type StepReason } from './advance-notice.js';
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
export {
  findNotice,
  listNotices,
  noticeFates,
  noticeTimelines,
  type NoticeFilter,
  type NoticeWithLines,
} from './notice-queries.js';
export { NoticesModule } from './notices.module.js';
export { ANNOUNCEMENT_RELEASED, releaseAnnouncement } from './release-announcement.js';
export { releasedNotices, releasedVersionBefore } from './released-notices.js';
export { remindOpenMonths } from './remind-open-months.js';
export { remindReports } from './remind-reports.js';
export { followUpNotices, type NoticeMarked } from './follow-up.js';
export { dueClock, NOTICE_SHOWS, noticeDue, type DueClock, type NoticeShow } from './notice-due.js';
export { type Duty, type DutyDue, type FollowUpDeadlines } from './notice-duties.js';
export { attemptDelivery, orderDueDeliveries, RETRY_SECONDS, type DeliveryMeans } from './delivery/attempt-delivery.js';
export { CHANNELS, Delivery, DELIVERY_STATES, type Channel, type DeliveryState } from './delivery/delivery.entity.js';
export { listDeliveries, markRead, ownInbox, retryDelivery } from './delivery/delivery-queries.js';
export { dong, officeMessage, vietnameseDay, type Message } from './delivery/message-words.js';
export { DELIVERY_DUE, orderMessages } from './delivery/order-delivery.js';
export { ofRoles, reportersOf } from './delivery/receivers.js';
export { tellStep, type DeliveryConfig } from './delivery/tell-step.js';
export { Webhook, WEBHOOK_TOPICS, type WebhookTopic } from './delivery/webhook.entity.js';
export { addWebhook, endWebhook, listWebhooks } from './delivery/webhooks.js';
export { sendWeeklyDigest } from './delivery/weekly-digest.js';
