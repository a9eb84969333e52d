import type { Month } from '#libs/kernel';
import type { Audience } from './life-cycle.rule.js';
import type { ReminderStep } from './notice.entity.js';

interface Head {
  audience: Audience;
  recipientName: string;
  step?: ReminderStep;
  corrects?: number | null;
}

/** The subject of a notice, in Vietnamese: the fact, then the month. */
export function noticeSubject(head: Head, month: Month): string {
  const period = `tháng ${month.number}${month.number === 13 ? ' (tháng 1 năm sau)' : ''} năm ${month.planYear}`;
  if (head.step) return `${REMINDERS[head.step]} ${period}`;
  const subject = resultSubject(head, period);
  return head.corrects ? `Đính chính: ${subject}` : subject;
}

const REMINDERS: Record<ReminderStep, string> = {
  'due-soon': 'Sắp đến hạn nộp báo cáo',
  overdue: 'Đã quá hạn nộp báo cáo',
  'long-overdue': 'Vẫn chưa nộp báo cáo',
};

function resultSubject({ audience, recipientName }: Head, period: string): string {
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
