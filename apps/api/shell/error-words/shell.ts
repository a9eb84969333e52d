import { say, type Refusals } from './refusal-words.js';

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

export const SHELL_WORDS: Refusals<ShellErrorCode> = {
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
  internal: say(
    500,
    () => 'Có lỗi trong chương trình. Số liệu đã ghi vẫn an toàn; gửi mã yêu cầu này cho quản trị.',
    () => 'Something went wrong in the program. What was booked is safe; give this request id to the administrator.',
  ),
};
