import { describe, expect, it } from '@jest/globals';
import { vi } from '../words/vi';
import { outcomeOf, receiverOf, titleOf } from './delivery-text';

describe('a delivery in the reader’s words', () => {
  it('a webhook says which step it told of, and its address without its number', () => {
    const delivery = {
      channel: 'webhook',
      title: 'notice.acknowledged',
      address: '12 https://kttt.example/nhan',
    } as const;
    expect(titleOf(delivery, vi)).toBe('Báo hệ thống khác: thông báo được xác nhận');
    expect(receiverOf(delivery, vi)).toBe('Webhook · https://kttt.example/nhan');
  });

  it('a mail keeps its title and its address', () => {
    const delivery = { channel: 'mail', title: 'Đôn đốc giải ngân', address: '1 bàn@tinh.example' } as const;
    expect(titleOf(delivery, vi)).toBe('Đôn đốc giải ngân');
    expect(receiverOf(delivery, vi)).toBe('Thư điện tử · 1 bàn@tinh.example');
  });

  it.each([
    ['answered 503', 'Nơi nhận trả lời mã 503.'],
    ['answered 410: gone', 'Nơi nhận báo địa chỉ không còn (mã 410).'],
    ['the webhook was ended', 'Webhook đã kết thúc.'],
    ['the address is not a public address', 'Địa chỉ không được phép gọi.'],
    ['the name leads to an address that is not public', 'Địa chỉ không được phép gọi.'],
    ['connect ECONNREFUSED 203.0.113.7:443', 'Không kết nối được nơi nhận.'],
    ['getaddrinfo ENOTFOUND kttt.example', 'Không kết nối được nơi nhận.'],
    ['The operation was aborted due to timeout', 'Nơi nhận không trả lời kịp.'],
    ['SMTP_URL is not set', 'Chưa khai báo máy chủ thư.'],
    ['550 no such user', '550 no such user'],
  ])('%s', (answer, told) => {
    expect(outcomeOf(answer, vi)).toBe(told);
  });
});
