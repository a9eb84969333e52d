import type { KernelErrorCode } from '#libs/kernel';
import { say, type Refusals } from './refusal-words.js';

export const KERNEL_WORDS: Refusals<KernelErrorCode> = {
  'amount-out-of-range': say(
    400,
    ({ amount }) =>
      amount === undefined
        ? 'Cộng cả phần này, tổng của năm kế hoạch vượt giới hạn ±9.007.199.254.740.991 đồng; chưa ghi gì. Kiểm tra lại số tiền và đơn vị tính.'
        : `Số tiền ${amount} vượt giới hạn ±9.007.199.254.740.991 đồng.`,
    ({ amount }) =>
      amount === undefined
        ? 'With this the sums of the plan year go beyond ±9,007,199,254,740,991 đồng; nothing was booked. Check the amounts and their unit.'
        : `The amount ${amount} is beyond ±9,007,199,254,740,991 đồng.`,
  ),
  'month-malformed': say(
    400,
    ({ month }) => `"${month}" không phải kỳ báo cáo: viết năm kế hoạch và tháng 01 đến 13, ví dụ 2024-09.`,
    ({ month }) => `"${month}" is not a reporting month: write the plan year and 01 to 13, for example 2024-09.`,
  ),
};
