import type { AuditErrorCode } from '#libs/audit';
import { say, type Refusals } from './refusal-words.js';

export const AUDIT_WORDS: Refusals<AuditErrorCode> = {
  'audit-event-unknown': say(
    404,
    ({ event }) => `Nhật ký không có sự kiện số ${event}.`,
    ({ event }) => `The audit trail has no event ${event}.`,
  ),
};
