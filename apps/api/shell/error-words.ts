import type { AccessErrorCode } from '#libs/access';
import type { ErrorFacts, KernelErrorCode } from '#libs/kernel';
import type { LedgerErrorCode, LedgerProblemCode } from '#libs/ledger';
import type { MonitoringErrorCode } from '#libs/monitoring';
import type { NoticesErrorCode } from '#libs/notices';
import type { OrganisationErrorCode } from '#libs/organisation';

/** Refusals of the HTTP shell itself. */
export type ShellErrorCode =
  | 'invalid-input'
  | 'not-found'
  | 'method-not-allowed'
  | 'body-not-json'
  | 'body-too-large'
  | 'media-type-unknown'
  | 'if-match-missing'
  | 'cursor-unknown'
  | 'idempotency-key-reused'
  | 'idempotency-key-running'
  | 'internal';

export type ErrorCode =
  | AccessErrorCode
  | KernelErrorCode
  | LedgerErrorCode
  | LedgerProblemCode
  | MonitoringErrorCode
  | NoticesErrorCode
  | OrganisationErrorCode
  | ShellErrorCode;

export type Language = 'vi' | 'en';

type Words = (facts: ErrorFacts) => string;

interface Refusal {
  status: number;
  vi: Words;
  en: Words;
}

const say = (status: number, vi: Words, en: Words): Refusal => ({ status, vi, en });

/** Every code has its HTTP status and its sentence: what is wrong, where, and what to do. A forgotten one does not compile. */
export const ERROR_WORDS: Record<ErrorCode, Refusal> = {
  'sign-in-refused': say(
    401,
    () => 'Tên đăng nhập hoặc mật khẩu không đúng.',
    () => 'The user name or the password is not right.',
  ),
  'not-signed-in': say(
    401,
    () => 'Bạn chưa đăng nhập hoặc phiên đã hết. Hãy đăng nhập lại.',
    () => 'You are not signed in, or the session is over. Please sign in again.',
  ),
  'not-allowed': say(
    403,
    () => 'Vai của tài khoản này không được làm việc này.',
    () => 'The role of this account may not do this.',
  ),
  'csrf-refused': say(
    403,
    () => 'Yêu cầu không đến từ trang của chương trình. Hãy tải lại trang và thử lại.',
    () => 'The request did not come from the program’s own page. Reload the page and try again.',
  ),
  'account-exists': say(
    409,
    ({ username }) => `Đã có tài khoản ${username}.`,
    ({ username }) => `There is an account ${username} already.`,
  ),
  'account-unknown': say(
    404,
    ({ username }) => `Không có tài khoản ${username}.`,
    ({ username }) => `There is no account ${username}.`,
  ),
  'password-too-short': say(
    400,
    ({ least }) => `Mật khẩu cần ít nhất ${least} ký tự.`,
    ({ least }) => `The password needs at least ${least} characters.`,
  ),
  'demonstration-in-production': say(
    500,
    ({ accounts }) => `Cơ sở dữ liệu này có ${accounts} tài khoản trình diễn, không chạy được với NODE_ENV=production.`,
    ({ accounts }) => `This database has ${accounts} demonstration accounts and does not run with NODE_ENV=production.`,
  ),
  'amount-out-of-range': say(
    400,
    ({ amount }) => `Số tiền ${amount} vượt giới hạn ±9.007.199.254.740.991 đồng.`,
    ({ amount }) => `The amount ${amount} is beyond ±9,007,199,254,740,991 đồng.`,
  ),
  'month-malformed': say(
    400,
    ({ month }) => `"${month}" không phải kỳ báo cáo: viết năm kế hoạch và tháng 01 đến 13, ví dụ 2024-09.`,
    ({ month }) => `"${month}" is not a reporting month: write the plan year and 01 to 13, for example 2024-09.`,
  ),
  'month-closed': say(
    409,
    ({ month }) => `Tháng ${month} đã đóng, sổ không nhận thêm. Ghi vào tháng đang mở hoặc xin mở lại tháng.`,
    ({ month }) => `Month ${month} is closed and takes no writes. Use an open month or have it reopened.`,
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
  'unit-unknown': say(
    404,
    ({ unit }) => `Không có đơn vị mã ${unit}.`,
    ({ unit }) => `There is no unit with code ${unit}.`,
  ),
  'unit-not-valid': say(
    422,
    ({ unit, day: date }) => `Đơn vị ${unit} không còn hoặc chưa có hiệu lực ngày ${day(date)}.`,
    ({ unit, day: date }) => `Unit ${unit} is not valid on ${day(date)}.`,
  ),
  'unit-exists': say(
    409,
    ({ unit }) => `Mã đơn vị ${unit} đã dùng; mã không bao giờ dùng lại.`,
    ({ unit }) => `Unit code ${unit} is taken; a code is never reused.`,
  ),
  'unit-dates-crossed': say(
    400,
    ({ validFrom, validTo }) => `Ngày bắt đầu ${day(validFrom)} sau ngày kết thúc ${day(validTo)}.`,
    ({ validFrom, validTo }) => `The first day ${day(validFrom)} is after the last day ${day(validTo)}.`,
  ),
  'unit-changed-meanwhile': say(
    412,
    ({ unit }) => `Đơn vị ${unit} vừa được người khác sửa. Tải lại rồi sửa tiếp; những gì bạn gõ vẫn còn ở đây.`,
    ({ unit }) => `Unit ${unit} was changed by someone else meanwhile. Reload it and edit again.`,
  ),
  'source-unknown': say(
    422,
    ({ source }) => `Không có nguồn vốn mã ${source}.`,
    ({ source }) => `There is no funding source with code ${source}.`,
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
  'evaluation-missing': say(
    404,
    ({ month }) => `Tháng ${month} chưa có kết quả: bình quân và danh sách có sau khi đóng tháng.`,
    ({ month }) => `Month ${month} has no result yet: the average and the list come after it is closed.`,
  ),
  'evaluation-unit-missing': say(
    404,
    ({ month, unit }) => `Đơn vị ${unit} không có trong kết quả tháng ${month}.`,
    ({ month, unit }) => `Unit ${unit} is not in the result of month ${month}.`,
  ),
  'evaluation-not-replayed': say(
    500,
    ({ month }) => `Tính lại tháng ${month} từ sổ không ra kết quả đã đóng. Báo ngay cho quản trị và kiểm toán.`,
    ({ month }) => `Month ${month} recomputed from the books differs from the frozen result. Tell the auditors.`,
  ),
  'notice-unknown': say(
    404,
    ({ notice }) => `Không có thông báo số ${notice}.`,
    ({ notice }) => `There is no notice ${notice}.`,
  ),
  'notice-not-issued': say(
    409,
    ({ notice }) => `Thông báo ${notice} còn là dự thảo.`,
    ({ notice }) => `Notice ${notice} is still a draft.`,
  ),
  'notice-acknowledged': say(
    409,
    ({ notice, by }) => `Thông báo ${notice} đã được ${by} xác nhận.`,
    ({ notice, by }) => `Notice ${notice} was acknowledged by ${by} already.`,
  ),
  'announcement-missing': say(
    404,
    ({ month }) => `Tháng ${month} chưa có dự thảo thông báo: đóng tháng trước.`,
    ({ month }) => `Month ${month} has no draft announcement: close the month first.`,
  ),
  'announcement-released': say(
    409,
    ({ month }) => `Thông báo tháng ${month} đã phát hành.`,
    ({ month }) => `The announcement of month ${month} has been released.`,
  ),
  'release-by-closer': say(
    403,
    ({ month }) => `Người đóng tháng ${month} không phát hành được thông báo của tháng đó; cần người duyệt thứ hai.`,
    ({ month }) => `Who closed month ${month} may not release its announcement; a second approver does.`,
  ),
  'invalid-input': say(
    400,
    () => 'Dữ liệu gửi lên có chỗ chưa đúng; chưa có gì được ghi.',
    () => 'Some of what was sent is not right; nothing was booked.',
  ),
  'not-found': say(
    404,
    () => 'Không có địa chỉ này.',
    () => 'There is nothing at this address.',
  ),
  'method-not-allowed': say(
    405,
    () => 'Địa chỉ này không nhận kiểu yêu cầu đó.',
    () => 'This address does not take that kind of request.',
  ),
  'body-not-json': say(
    400,
    () => 'Nội dung gửi lên không phải JSON đúng.',
    () => 'The body is not valid JSON.',
  ),
  'body-too-large': say(
    413,
    ({ mebibytes }) => `Nội dung gửi lên lớn hơn ${mebibytes} MiB. Chia nhỏ hoặc dùng nhập tệp.`,
    ({ mebibytes }) => `The body is larger than ${mebibytes} MiB. Split it or import a file.`,
  ),
  'media-type-unknown': say(
    415,
    () => 'Chỉ nhận application/json.',
    () => 'Only application/json is taken here.',
  ),
  'if-match-missing': say(
    428,
    () => 'Sửa cần tiêu đề If-Match với ETag của bản đang xem.',
    () => 'An edit needs an If-Match header with the ETag of what was seen.',
  ),
  'cursor-unknown': say(
    400,
    () => 'Con trỏ trang không đúng; lấy lại từ trang đầu.',
    () => 'The page cursor is not right; begin again at the first page.',
  ),
  'idempotency-key-reused': say(
    422,
    () => 'Khoá Idempotency-Key này đã dùng cho một yêu cầu khác.',
    () => 'This Idempotency-Key was used for another request.',
  ),
  'idempotency-key-running': say(
    409,
    () => 'Yêu cầu cùng khoá đang được xử lý hoặc đã dừng giữa chừng; xem lại sổ trước khi gửi lại.',
    () => 'A request with this key is running or was cut off; look at the books before sending it again.',
  ),
  'business-day-not-movable': say(
    409,
    () => 'Ngày làm việc chỉ chỉnh được trong bản trình diễn, và chỉ chỉnh tới.',
    () => 'The business day can be moved in the demonstration only, and only forward.',
  ),
  internal: say(
    500,
    () => 'Có lỗi trong chương trình. Số liệu đã ghi vẫn an toàn; gửi mã yêu cầu này cho quản trị.',
    () => 'Something went wrong in the program. What was booked is safe; give this request id to the administrator.',
  ),
};

/** yyyy-mm-dd as people write it. */
function day(date: string | number | undefined): string {
  return String(date ?? '')
    .split('-')
    .reverse()
    .join('/');
}
