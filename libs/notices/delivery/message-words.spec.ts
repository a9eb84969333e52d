import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../notice.entity.js';
import { digestMessage, stepMessage } from './message-words.js';

const NOTICE = {
  id: 7,
  subject: 'Đôn đốc giải ngân vốn đầu tư công tháng 9 năm 2024: Đơn vị A',
  recipientName: 'Đơn vị A',
} as Notice;
const HERE = { illustrative: false, publicUrl: 'https://giaingan.example' };

describe('the words of a message', () => {
  it('say what happened, until when, and the units with their gap in đồng', () => {
    const lines = [{ kind: 'new-case' as const, gap: 1_234_567n, name: 'Đơn vị A' }];
    expect(stepMessage({ what: 'issued', because: null }, NOTICE, lines, '2024-10-10', HERE)).toEqual({
      title: NOTICE.subject,
      text: [
        'Kính gửi: Đơn vị A.',
        `${NOTICE.subject}.`,
        'Hạn xử lý: 10/10/2024.',
        '- Đơn vị A: mới vào danh sách, còn thiếu 1.234.567 đồng',
        'Xem và xử lý: https://giaingan.example/notices/7',
        'Thư này do hệ thống theo dõi giải ngân vốn đầu tư công gửi tự động.\n',
      ].join('\n\n'),
    });
  });

  it('give the reason of a withdrawal', () => {
    const { title, text } = stepMessage({ what: 'withdrawn', because: 'đính chính' }, NOTICE, [], undefined, HERE);
    expect(title).toBe(`Thu hồi: ${NOTICE.subject}`);
    expect(text).toContain('Lý do: đính chính.');
  });

  it('of an office with made-up figures begin with the mark, and say so again in the text', () => {
    const office = { ...HERE, illustrative: true };
    const { title, text } = stepMessage({ what: 'issued', because: null }, NOTICE, [], undefined, office);
    expect(title).toBe(`[SỐ LIỆU MINH HOẠ] ${NOTICE.subject}`);
    expect(text).toContain('số liệu minh hoạ, không phải số công bố');
    expect(digestMessage('A', '2024-10-07', [], office).title).toMatch(/^\[SỐ LIỆU MINH HOẠ\] Tổng hợp tuần/);
  });

  it('of a digest name each notice with its day, the rest of a long list counted', () => {
    const item = { notice: NOTICE, day: '2024-10-10', daysLeft: -2, isOverdue: true };
    const { title, text } = digestMessage('Nguyễn Văn A', '2024-10-07', Array(42).fill(item), HERE);
    expect(title).toBe('Tổng hợp tuần từ 07/10/2024: 42 thông báo đang chờ xử lý, 42 quá hạn');
    expect(text).toContain(`- ${NOTICE.subject} (Đơn vị A): hạn 10/10/2024, quá hạn 2 ngày làm việc`);
    expect(text).toContain('- … và 2 mục khác');
  });
});
