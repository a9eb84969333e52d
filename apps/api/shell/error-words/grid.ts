import type { GridErrorCode, GridProblemCode } from '#libs/ledger';
import { say, type Refusals } from './refusal-words.js';

export const GRID_WORDS: Refusals<GridErrorCode | GridProblemCode> = {
  'cells-refused': say(
    422,
    ({ cells }) => `Chưa ghi ô nào: ${cells} ô có chỗ sai. Sửa các ô được nêu rồi ghi lại.`,
    ({ cells }) => `Nothing was booked: ${cells} cells are wrong. Mend the cells named and save again.`,
  ),
  'cells-in-conflict': say(
    409,
    ({ cells }) => `Chưa ghi ô nào: ${cells} ô vừa được người khác đổi. Xem số mới rồi chọn giữ hay ghi.`,
    ({ cells }) => `Nothing was booked: somebody changed ${cells} cells meanwhile. Look at the new values and choose.`,
  ),
  'comment-refused': say(
    422,
    ({ month }) => `Chưa ghi được ghi chú cho ô tháng ${month}: có mã không đúng.`,
    ({ month }) => `The comment on a cell of month ${month} was not kept: some codes are not right.`,
  ),
  'plan-year-not-opened': say(
    404,
    ({ planYear }) => `Năm kế hoạch ${planYear} chưa được mở.`,
    ({ planYear }) => `Plan year ${planYear} has not been opened.`,
  ),
  'cell-changed': say(
    409,
    ({ expected, book, stated, by }) =>
      `Ô này vừa đổi bởi ${by}: khi mở ${dong(expected)}, trong sổ ${dong(book)}, của bạn ${dong(stated)} đồng.`,
    ({ expected, book, stated, by }) =>
      `This cell was changed by ${by}: ${dong(expected)} when opened, ${dong(book)} in the books, yours ${dong(stated)} đồng.`,
  ),
  'cell-twice': say(
    422,
    ({ project }) => `Ô này của dự án ${project} được gửi hai lần. Chỉ giữ một.`,
    ({ project }) => `This cell of project ${project} was sent twice. Keep one.`,
  ),
  'difference-out-of-range': say(
    422,
    ({ amount }) => `Chênh ${dong(amount)} đồng vượt giới hạn ±9.007.199.254.740.991 đồng của một bút toán.`,
    ({ amount }) => `The difference of ${dong(amount)} đồng is beyond ±9,007,199,254,740,991 đồng for one entry.`,
  ),
};

/** 1.234.567 */
function dong(amount: string | number | undefined): string {
  return String(amount ?? '').replace(/\B(?=(\d{3})+$)/g, '.');
}
