import type { ReconciliationErrorCode, StatementProblemCode } from '#libs/reconciliation';
import { say, type Refusals } from './refusal-words.js';

export const RECONCILIATION_WORDS: Refusals<ReconciliationErrorCode | StatementProblemCode> = {
  'statement-by-department': say(
    403,
    () => 'Bảng kê Kho bạc nói về mọi đơn vị: chỉ chuyên viên của Sở nhập được.',
    () => 'The Treasury’s statement speaks of every unit: only staff of the department import it.',
  ),
  'statement-refused': say(
    422,
    ({ month }) => `Bảng kê tháng ${month} chưa nhập vì có dòng sai; không dòng nào được nhập dở.`,
    ({ month }) => `The statement of month ${month} was not imported because some lines are wrong; none went in.`,
  ),
  'statement-missing': say(
    409,
    ({ month }) => `Tháng ${month} chưa có bảng kê Kho bạc: nhập bảng kê trước.`,
    ({ month }) => `Month ${month} has no statement of the Treasury yet: import it first.`,
  ),
  'difference-unknown': say(
    404,
    ({ month, project, source }) => `Tháng ${month} không có chênh lệch ở dự án ${project}, nguồn ${source}.`,
    ({ month, project, source }) => `Month ${month} has no difference at project ${project}, source ${source}.`,
  ),
  'difference-changed': say(
    409,
    ({ project, source }) => `Số của dự án ${project}, nguồn ${source} vừa đổi. Tải lại, xem số mới rồi xử lý.`,
    ({ project, source }) =>
      `The figures of project ${project}, source ${source} have just changed. Reload, look at them, and answer again.`,
  ),
  'correction-impossible': say(
    422,
    ({ project }) =>
      `Không ghi được bút toán cho ${project}: dự án chưa có trong danh mục, không đơn vị nào quản lý trong tháng ghi, hoặc số tiền bằng 0. Bổ sung danh mục, hoặc giải trình.`,
    ({ project }) =>
      `No entry can be booked for ${project}: the register does not know it, no unit holds it in the month booked in, or the amount is 0. Mend the register, or accept with a note.`,
  ),
  'sign-off-unresolved': say(
    409,
    ({ month, open }) =>
      `Chưa xác nhận được tháng ${month}: ${open ?? 'còn'} chênh lệch chưa xử lý, hoặc vừa có bảng kê mới. Xử lý hết rồi xác nhận.`,
    ({ month, open }) =>
      `Month ${month} cannot be signed off: ${open ?? 'some'} differences are open, or a newer statement came. Answer them all first.`,
  ),
  'sign-off-exists': say(
    409,
    ({ month }) => `Tháng ${month} đã xác nhận đối chiếu, và từ đó không có gì thay đổi.`,
    ({ month }) => `Month ${month} is signed off already, and nothing has changed since.`,
  ),
  'sign-off-missing': say(
    409,
    ({ month }) => `Tháng ${month} chưa xác nhận đối chiếu nên không có gì để rút lại.`,
    ({ month }) => `Month ${month} is not signed off: there is nothing to withdraw.`,
  ),
  'plan-year-malformed': say(
    422,
    ({ found }) => `Năm kế hoạch gồm bốn chữ số, ví dụ 2024; ở đây ghi "${found}".`,
    ({ found }) => `A plan year has four digits, for example 2024; found "${found}".`,
  ),
  'national-code-malformed': say(
    422,
    ({ found }) => `Mã dự án quốc gia gồm đúng bảy chữ số; ở đây ghi "${found}".`,
    ({ found }) => `A national project code has exactly seven digits; found "${found}".`,
  ),
  'whole-dong-expected': say(
    422,
    ({ found }) => `Phải là số nguyên đồng; ở đây ghi "${found}".`,
    ({ found }) => `Must be a whole number of đồng; found "${found}".`,
  ),
  'advance-negative': say(
    422,
    () => 'Tạm ứng và thu hồi tạm ứng ghi số không âm; dấu của tháng nằm ở cột số giải ngân.',
    () => 'Advances and recoveries are written without a minus; the sign of the month is in the net amount.',
  ),
  'carried-over-malformed': say(
    422,
    ({ found }) => `Vốn kéo dài ghi 0 hoặc 1; ở đây ghi "${found}".`,
    ({ found }) => `Carried-over is 0 or 1; found "${found}".`,
  ),
  'statement-date-malformed': say(
    422,
    ({ found }) => `Ngày của bảng kê phải là ngày có thật, viết yyyy-mm-dd; ở đây ghi "${found}".`,
    ({ found }) => `The statement’s date must be a real day, yyyy-mm-dd; found "${found}".`,
  ),
  'statement-date-missing': say(
    422,
    () => 'Bảng kê chưa ghi số liệu đến ngày nào: điền ngày ở ít nhất một dòng của tháng.',
    () => 'The statement does not say up to which day it counts: give the date in at least one row of the month.',
  ),
  'statement-header-mixed': say(
    422,
    ({ found }) => `Một bảng kê có một ngày và một số: "${found}" khác dòng đầu. Tách thành hai tệp.`,
    ({ found }) => `A statement has one date and one number: "${found}" differs from the first row. Split the file.`,
  ),
  'statement-line-double': say(
    422,
    ({ line, first }) => `Dòng ${line} trùng mã, nguồn và loại vốn với dòng ${first}: cộng thành một dòng.`,
    ({ line, first }) => `Line ${line} has the code, source and series of line ${first}: add them up into one.`,
  ),
  'statement-has-wrong-lines': say(
    422,
    ({ month, row }) =>
      `Dòng này đúng; bảng kê tháng ${month} chờ vì dòng ${row} sai (thiếu một dòng là thành bảng kê khác).`,
    ({ month, row }) =>
      `This row is right; the statement of month ${month} waits because row ${row} is wrong (short of a row it would be another statement).`,
  ),
  'statement-text-malformed': say(
    422,
    ({ found }) => `Chữ có ký tự điều khiển hoặc dài quá 500 ký tự: "${found}".`,
    ({ found }) => `Text with control characters or longer than 500: "${found}".`,
  ),
};
