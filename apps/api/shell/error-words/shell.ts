import { say, type Refusals } from './refusal-words.js';

/** Refusals of the HTTP shell itself. */
export type ShellErrorCode =
  | 'invalid-input'
  | 'not-found'
  | 'method-not-allowed'
  | 'body-not-json'
  | 'body-too-large'
  | 'body-too-deep'
  | 'address-too-long'
  | 'parameters-too-many'
  | 'too-many-requests'
  | 'request-too-slow'
  | 'headers-too-large'
  | 'request-broken'
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
    ({ limit }) => `Nội dung gửi lên lớn hơn ${limit}. Chia nhỏ hoặc dùng nhập tệp.`,
    ({ limit }) => `The body is larger than ${limit}. Split it or import a file.`,
  ),
  'body-too-deep': say(
    400,
    ({ levels }) => `Nội dung gửi lên lồng nhau quá ${levels} tầng.`,
    ({ levels }) => `The body nests more than ${levels} levels deep.`,
  ),
  'address-too-long': say(
    414,
    ({ characters }) => `Địa chỉ dài hơn ${characters} ký tự.`,
    ({ characters }) => `The address is longer than ${characters} characters.`,
  ),
  'parameters-too-many': say(
    400,
    ({ most }) => `Địa chỉ có hơn ${most} tham số.`,
    ({ most }) => `The address has more than ${most} parameters.`,
  ),
  'too-many-requests': say(
    429,
    ({ retryAfterSeconds }) => `Quá nhiều yêu cầu trong thời gian ngắn. Hãy thử lại sau ${retryAfterSeconds} giây.`,
    ({ retryAfterSeconds }) => `Too many requests in a short time. Try again in ${retryAfterSeconds} seconds.`,
  ),
  'request-too-slow': say(
    408,
    () => 'Yêu cầu gửi lên quá chậm nên đã bị ngắt. Hãy gửi lại.',
    () => 'The request arrived too slowly and was cut off. Send it again.',
  ),
  'headers-too-large': say(
    431,
    () => 'Phần đầu của yêu cầu quá lớn.',
    () => 'The headers of the request are too large.',
  ),
  'request-broken': say(
    400,
    () => 'Đây không phải yêu cầu HTTP đúng.',
    () => 'This is not a proper HTTP request.',
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
