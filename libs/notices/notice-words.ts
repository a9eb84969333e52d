import type { Month } from '#libs/kernel';
import type { Audience } from './notice.entity.js';

/** The subject of a notice, in Vietnamese: the fact, then the month. */
export function noticeSubject(audience: Audience, month: Month, recipientName: string): string {
  const period = `tháng ${month.number}${month.number === 13 ? ' (tháng 1 năm sau)' : ''} năm ${month.planYear}`;
  switch (audience) {
    case 'team':
      return `Đơn vị thấp hơn bình quân chung và chưa báo cáo ${period}`;
    case 'unit':
      return `Đôn đốc giải ngân vốn đầu tư công ${period}: ${recipientName}`;
    case 'announcement':
      return `Kết quả giải ngân vốn đầu tư công ${period}`;
    case 'staff':
      return `Đã qua ${period}, tháng chưa đóng`;
  }
}
