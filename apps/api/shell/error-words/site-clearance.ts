import type { SiteClearanceErrorCode } from '#libs/projects';
import { say, type Refusals } from './refusal-words.js';

export const SITE_CLEARANCE_WORDS: Refusals<SiteClearanceErrorCode> = {
  'site-clearance-not-key': say(
    409,
    ({ project }) =>
      `Dự án ${project} không có trong danh sách trọng điểm; chỉ theo dõi mặt bằng của dự án trọng điểm.`,
    ({ project }) => `Project ${project} is on no list of key projects; site clearance is followed for those alone.`,
  ),
  'site-clearance-changed': say(
    412,
    ({ project }) => `Số liệu mặt bằng của dự án ${project} vừa được người khác ghi. Tải lại, xem rồi ghi tiếp.`,
    ({ project }) => `Somebody else has just changed the site clearance of project ${project}. Load it again first.`,
  ),
  'site-clearance-month': say(
    422,
    ({ month }) => `Mặt bằng theo dõi theo tháng dương lịch, từ 1 đến 12; ghi tháng 1 năm sau thay cho ${month}.`,
    ({ month }) =>
      `Site clearance goes by calendar months 1 to 12; record January of the next year instead of ${month}.`,
  ),
  'site-clearance-future': say(
    422,
    ({ month }) => `Tháng ${month} chưa đến.`,
    ({ month }) => `Month ${month} has not begun.`,
  ),
  'site-clearance-total': say(
    422,
    ({ area, households }) =>
      `Bàn giao không thể nhiều hơn số phải bàn giao: ${area} m², ${households} hộ. Sửa số phải bàn giao trước.`,
    ({ area, households }) =>
      `More cannot be handed over than there is: ${area} m², ${households} households. Change what there is first.`,
  ),
  'site-clearance-falls': say(
    422,
    ({ month }) => `Số liệu luỹ kế không khớp với tháng ${month}: tháng sau không thể ít hơn tháng trước.`,
    ({ month }) =>
      `The figures run from the beginning and do not agree with month ${month}: a later month has no less.`,
  ),
};
