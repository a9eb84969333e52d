import type { ClosingErrorCode, ClosingProblemCode } from '#libs/closing';
import { say, type Refusals } from './refusal-words.js';

export const CLOSING_WORDS: Refusals<ClosingErrorCode | ClosingProblemCode> = {
  'decisions-needed': say(
    409,
    ({ month, count }) =>
      `Chưa đóng tháng ${month}: còn ${count} việc cần quyết định kèm ghi chú. Chưa có gì được ghi.`,
    ({ month, count }) =>
      `Month ${month} is not closed: ${count} things need a decision with a note. Nothing was booked.`,
  ),
  'missing-report-undecided': say(
    409,
    ({ name }) => `${name} chưa báo cáo. Chờ thêm, hoặc quyết định "đóng, ghi chưa báo cáo" (accept-missing).`,
    ({ name }) => `${name} has not reported. Wait, or decide "accept-missing".`,
  ),
  'money-without-plan-undecided': say(
    409,
    ({ name }) => `${name} có giải ngân mà không có kế hoạch. Nhập quyết định giao vốn, hoặc "accept-as-is".`,
    ({ name }) => `${name} has disbursed without a plan. Enter the allocation, or decide "accept-as-is".`,
  ),
  'outside-validity-undecided': say(
    409,
    ({ name }) => `${name} hết hiệu lực mà còn kế hoạch hoặc giải ngân. Điều chuyển, hoặc "accept-as-is".`,
    ({ name }) => `${name} is not valid and still holds plan or money. Transfer it, or decide "accept-as-is".`,
  ),
  'estimate-without-actual-undecided': say(
    409,
    ({ name }) => `${name} còn số ước chưa có thực chi. Nhập thực chi, hoặc "accept-as-is".`,
    ({ name }) => `${name} has estimates without an actual figure. Enter it, or decide "accept-as-is".`,
  ),
  'not-signed-off-undecided': say(
    409,
    ({ name }) => `Đối chiếu "${name}" chưa được ký. Ký xong, hoặc quyết định "accept-unsigned".`,
    ({ name }) => `The check "${name}" is not signed off. Sign it off, or decide "accept-unsigned".`,
  ),
  'open-objection-undecided': say(
    409,
    ({ name, subject }) =>
      `Kiến nghị ${subject} của ${name} chưa được trả lời. Trả lời đơn vị, hoặc quyết định "accept-open".`,
    ({ name, subject }) => `Objection ${subject} of ${name} is not decided. Answer it, or decide "accept-open".`,
  ),
  'decision-unfit': say(
    422,
    ({ kind, expected }) => `Với "${kind}" chỉ quyết định được "${expected}".`,
    ({ kind, expected }) => `About "${kind}" only "${expected}" can be decided.`,
  ),
};
