import type { NoticesErrorCode } from '#libs/notices';
import { say, type Refusals } from './refusal-words.js';

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
};
