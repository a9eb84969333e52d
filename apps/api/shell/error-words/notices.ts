import type { NoticesErrorCode, NoticeState } from '#libs/notices';
import { say, type Refusals } from './refusal-words.js';

const STATE_WORDS: Partial<Record<string, { vi: string; en: string }>> = {
  draft: { vi: 'dự thảo', en: 'a draft' },
  issued: { vi: 'đã phát hành', en: 'issued' },
  delivered: { vi: 'đã chuyển đến', en: 'delivered' },
  acknowledged: { vi: 'đã tiếp nhận', en: 'acknowledged' },
  planned: { vi: 'đã lên kế hoạch', en: 'planned' },
  inspected: { vi: 'đã kiểm tra', en: 'inspected' },
  answered: { vi: 'đã trả lời', en: 'answered' },
  resolved: { vi: 'đã giải quyết', en: 'resolved' },
  closed: { vi: 'đã kết thúc', en: 'closed' },
  withdrawn: { vi: 'đã thu hồi', en: 'withdrawn' },
} satisfies Record<NoticeState, { vi: string; en: string }>;

export const NOTICES_WORDS: Refusals<NoticesErrorCode> = {
  'notice-unknown': say(
    404,
    ({ notice }) => `Không có thông báo số ${notice}.`,
    ({ notice }) => `There is no notice ${notice}.`,
  ),
  'notice-not-issued': say(
    409,
    ({ notice }) => `Thông báo ${notice} còn là dự thảo.`,
    ({ notice }) => `Notice ${notice} is still a draft.`,
  ),
  'notice-acknowledged': say(
    409,
    ({ notice, by }) => `Thông báo ${notice} đã được ${by} xác nhận.`,
    ({ notice, by }) => `Notice ${notice} was acknowledged by ${by} already.`,
  ),
  'notice-step-refused': say(
    409,
    ({ notice, state, to }) =>
      `Thông báo ${notice} đang ở bước “${STATE_WORDS[String(state)]?.vi}”, không chuyển sang “${STATE_WORDS[String(to)]?.vi}” được.`,
    ({ notice, state, to }) =>
      `Notice ${notice} is ${STATE_WORDS[String(state)]?.en} and cannot become ${STATE_WORDS[String(to)]?.en}.`,
  ),
  'announcement-missing': say(
    404,
    ({ month }) => `Tháng ${month} chưa có dự thảo thông báo: đóng tháng trước.`,
    ({ month }) => `Month ${month} has no draft announcement: close the month first.`,
  ),
  'announcement-released': say(
    409,
    ({ month }) => `Thông báo tháng ${month} đã phát hành.`,
    ({ month }) => `The announcement of month ${month} has been released.`,
  ),
  'release-by-closer': say(
    403,
    ({ month }) => `Người đóng tháng ${month} không phát hành được thông báo của tháng đó; cần người duyệt thứ hai.`,
    ({ month }) => `Who closed month ${month} may not release its announcement; a second approver does.`,
  ),
  'delivery-unknown': say(
    404,
    ({ delivery }) => `Không có lần gửi số ${delivery}.`,
    ({ delivery }) => `There is no delivery ${delivery}.`,
  ),
  'delivery-not-dead': say(
    409,
    ({ delivery }) => `Lần gửi ${delivery} đã đến nơi hoặc đang được gửi; chỉ gửi lại khi đã dừng.`,
    ({ delivery }) => `Delivery ${delivery} has arrived or is under way; only one that was given up is tried again.`,
  ),
  'webhook-unknown': say(
    404,
    ({ webhook }) => `Không có webhook số ${webhook}.`,
    ({ webhook }) => `There is no webhook ${webhook}.`,
  ),
  'webhook-address-refused': say(
    400,
    ({ url }) => `${url} không gọi được: cần địa chỉ công khai bắt đầu bằng https://, không chứa mật khẩu.`,
    ({ url }) =>
      `${url} may not be called: a public address is needed that begins with https:// and holds no password.`,
  ),
  'webhooks-too-many': say(
    409,
    ({ most }) => `Đã có ${most} webhook đang dùng; kết thúc bớt trước khi thêm.`,
    ({ most }) => `${most} webhooks are in use; end one before adding another.`,
  ),
};
