import type { KernelErrorCode } from '#libs/kernel';
import type { LedgerErrorCode, LedgerProblemCode } from '#libs/ledger';
import type { OrganisationErrorCode } from '#libs/organisation';
import { DISBURSEMENT_WORDS } from './disbursement.js';
import { day, say, type Refusals } from './refusal-words.js';

export const LEDGER_WORDS: Refusals<
  Exclude<LedgerErrorCode, KernelErrorCode> | Exclude<LedgerProblemCode, OrganisationErrorCode>
> = {
  ...DISBURSEMENT_WORDS,
  'month-closed': say(
    409,
    ({ month }) => `Tháng ${month} đã đóng, sổ không nhận thêm. Ghi vào tháng đang mở hoặc xin mở lại tháng.`,
    ({ month }) => `Month ${month} is closed and takes no writes. Use an open month or have it reopened.`,
  ),
  'demonstration-one-year': say(
    409,
    ({ planYear }) =>
      `Bản trình diễn chỉ có một năm kế hoạch, không nhận năm ${planYear}: số liệu thật phải vào cơ sở dữ liệu của cơ quan. Khởi động với DEMO=off và một DATA_DIR khác.`,
    ({ planYear }) =>
      `The demonstration has one plan year and takes no ${planYear}: real figures belong into the office’s own database. Start with DEMO=off and another DATA_DIR.`,
  ),
  'month-not-opened': say(
    404,
    ({ month }) => `Năm kế hoạch của tháng ${month} chưa được mở.`,
    ({ month }) => `The plan year of month ${month} has not been opened.`,
  ),
  'month-out-of-order': say(
    409,
    ({ month }) => `Chưa đóng được tháng ${month}: các tháng trước của năm kế hoạch phải đóng trước.`,
    ({ month }) => `Month ${month} cannot close yet: the months before it close first.`,
  ),
  'month-already-closed': say(
    409,
    ({ month }) => `Tháng ${month} đã đóng rồi.`,
    ({ month }) => `Month ${month} is closed already.`,
  ),
  'month-not-over': say(
    409,
    ({ month, end }) => `Tháng ${month} kết thúc ngày ${day(end)}, chưa đóng được.`,
    ({ month, end }) => `Month ${month} ends on ${day(end)} and cannot close before.`,
  ),
  'month-not-closed': say(
    409,
    ({ month }) => `Tháng ${month} chưa đóng, không cần mở lại.`,
    ({ month }) => `Month ${month} is not closed and needs no reopening.`,
  ),
  'reopening-reason-missing': say(
    422,
    ({ month }) => `Xin mở lại tháng ${month} cần ghi lý do.`,
    ({ month }) => `Asking to reopen month ${month} needs a reason.`,
  ),
  'reopening-needs-second-person': say(
    403,
    ({ month, by }) => `${by ?? 'Người thứ nhất'} đã xin mở lại tháng ${month}; người duyệt khác người xin thực hiện.`,
    ({ month, by }) => `${by ?? 'One person'} asked to reopen month ${month}; an approver other than them does it.`,
  ),
  'reopening-missing': say(
    409,
    ({ month }) => `Tháng ${month} không có yêu cầu mở lại nào đang chờ.`,
    ({ month }) => `No request to reopen month ${month} is waiting.`,
  ),
  'reopening-of-another': say(
    403,
    ({ month, by }) => `Yêu cầu mở lại tháng ${month} là của ${by}; người xin rút, hoặc người duyệt từ chối.`,
    ({ month, by }) => `The request to reopen month ${month} is by ${by}; they withdraw it, or an approver declines.`,
  ),
  'decision-exists': say(
    409,
    ({ decision }) => `Quyết định ${decision} cùng ngày đã có trong sổ.`,
    ({ decision }) => `Decision ${decision} of that date is in the books already.`,
  ),
  'decision-outside-year': say(
    400,
    ({ decision, day: date, planYear }) =>
      `Quyết định ${decision} có hiệu lực ${day(date)}, sau ngày cuối của năm kế hoạch ${planYear} (31/01 năm sau).`,
    ({ decision, day: date, planYear }) =>
      `Decision ${decision} takes effect on ${day(date)}, after the last day of plan year ${planYear} (31 January).`,
  ),
  'decision-without-lines': say(
    400,
    ({ decision }) => `Quyết định ${decision} chưa có dòng vốn nào.`,
    ({ decision }) => `Decision ${decision} has no lines.`,
  ),
  'transfer-not-zero': say(
    400,
    ({ decision, amount }) => `Điều chuyển ${decision} phải có tổng bằng 0, hiện là ${amount} đồng.`,
    ({ decision, amount }) => `Transfer ${decision} must sum to 0, it sums to ${amount} đồng.`,
  ),
  'lines-refused': say(
    422,
    ({ decision }) => `Quyết định ${decision} chưa được ghi vì có dòng sai; không dòng nào bị mất hay ghi dở.`,
    ({ decision }) => `Decision ${decision} was not booked because some lines are wrong; nothing was booked in part.`,
  ),
  'entries-refused': say(
    422,
    ({ month }) => `Chưa ghi bút toán nào vào tháng ${month} vì có bút toán sai.`,
    ({ month }) => `Nothing was booked in month ${month} because some entries are wrong.`,
  ),
  'correction-unknown': say(
    422,
    ({ entry }) => `Không có bút toán ${entry} để điều chỉnh.`,
    ({ entry }) => `There is no entry ${entry} to correct.`,
  ),
  'report-exists': say(
    409,
    ({ month, unit }) => `Đơn vị ${unit} đã nộp báo cáo tháng ${month}.`,
    ({ month, unit }) => `Unit ${unit} has reported month ${month} already.`,
  ),
  'append-only': say(
    409,
    () => 'Sổ chỉ ghi thêm, không sửa, không xoá. Ghi một bút toán điều chỉnh.',
    () => 'The books are only added to, never changed. Book a correcting entry.',
  ),
  'unit-not-valid': say(
    422,
    ({ unit, day: date }) => `Đơn vị ${unit} không còn hoặc chưa có hiệu lực ngày ${day(date)}.`,
    ({ unit, day: date }) => `Unit ${unit} is not valid on ${day(date)}.`,
  ),
  'unit-ended': say(
    422,
    ({ unit, day: date, successors }) =>
      `Đơn vị ${unit} đã kết thúc trước ngày ${day(date)}, ghi cho đơn vị kế thừa: ${successors}.`,
    ({ unit, day: date, successors }) =>
      `Unit ${unit} ended before ${day(date)}; book on its successor: ${successors}.`,
  ),
  'unit-over': say(
    409,
    () =>
      'Có đơn vị đã kết thúc hoặc chưa hoạt động trong tháng này; số của đơn vị đã sắp xếp thì đã chuyển cho đơn vị kế thừa. Ghi cho đơn vị kế thừa, từ tháng đơn vị đó bắt đầu.',
    () =>
      'A unit has ended or not begun in this month; after a reorganisation its figures stand with its successor. Book on the successor, from its first month on.',
  ),
  'project-unknown': say(
    422,
    ({ project }) => `Không có dự án mã ${project}.`,
    ({ project }) => `There is no project with code ${project}.`,
  ),
  'project-has-components': say(
    422,
    ({ project }) => `Dự án ${project} có dự án thành phần; vốn và giải ngân ghi ở dự án thành phần.`,
    ({ project }) => `Project ${project} has components; capital and payments sit on the components.`,
  ),
  'project-not-of-unit': say(
    422,
    ({ project, unit }) => `Dự án ${project} không do đơn vị ${unit} quản lý trong tháng này.`,
    ({ project, unit }) => `Project ${project} is not held by unit ${unit} in this month.`,
  ),
  'reason-missing': say(
    422,
    () => 'Số âm, hoàn trả và điều chỉnh cần ghi lý do; chỉ thu hồi tạm ứng là không cần.',
    () => 'Negative amounts, refunds and corrections need a reason; only recovering an advance does not.',
  ),
  'corrects-unknown': say(
    422,
    ({ entry }) => `Không có bút toán ${entry} trong năm kế hoạch này để điều chỉnh.`,
    ({ entry }) => `There is no entry ${entry} of this plan year to correct.`,
  ),
  'business-day-not-movable': say(
    409,
    () => 'Ngày làm việc chỉ chỉnh được trong bản trình diễn, và chỉ chỉnh tới.',
    () => 'The business day can be moved in the demonstration only, and only forward.',
  ),
};
