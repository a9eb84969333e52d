import type { AccessErrorCode } from '#libs/access';
import { say, type Refusals } from './refusal-words.js';

type SignInErrorCode = Extract<
  AccessErrorCode,
  | 'sign-in-refused'
  | 'sign-in-too-often'
  | 'code-refused'
  | `password-${string}`
  | 'proof-needed'
  | `second-factor-${string}`
  | 'demonstration-sign-in-fixed'
  | 'session-unknown'
  | 'link-over'
  | `sso-${string}`
>;

export const SIGN_IN_WORDS: Refusals<SignInErrorCode> = {
  'sign-in-refused': say(
    401,
    () => 'Tên đăng nhập hoặc mật khẩu không đúng. Nếu đã thử nhiều lần, hãy chờ ít phút rồi thử lại.',
    () => 'The user name or the password is not right. After several attempts, wait a few minutes and try again.',
  ),
  'sign-in-too-often': say(
    429,
    ({ retryAfterSeconds }) =>
      `Có quá nhiều lần đăng nhập không đúng từ địa chỉ mạng này. Hãy thử lại sau ${minutes(retryAfterSeconds)} phút.`,
    ({ retryAfterSeconds }) =>
      `Too many sign-ins from this network address were not right. Try again in ${minutes(retryAfterSeconds)} minutes.`,
  ),
  'code-refused': say(
    401,
    () => 'Mã không đúng hoặc đã dùng. Hãy chờ mã mới trong ứng dụng; nếu đã thử nhiều lần, chờ ít phút rồi thử lại.',
    () =>
      'The code is not right or was used. Wait for the next one in the app; after several attempts, wait a few minutes.',
  ),
  'password-too-short': say(
    400,
    ({ least }) => `Mật khẩu cần ít nhất ${least} ký tự.`,
    ({ least }) => `The password needs at least ${least} characters.`,
  ),
  'password-too-long': say(
    400,
    ({ most }) => `Mật khẩu có nhiều nhất ${most} ký tự.`,
    ({ most }) => `The password has at most ${most} characters.`,
  ),
  'password-common': say(
    400,
    () => 'Mật khẩu này nằm trong danh sách mật khẩu nhiều người dùng nên dễ bị đoán. Hãy chọn mật khẩu khác.',
    () => 'This password is among those that many people use and is guessed easily. Choose another one.',
  ),
  'password-of-context': say(
    400,
    () => 'Mật khẩu này gồm tên người, tên tỉnh hoặc tên chương trình nên dễ bị đoán. Hãy thêm từ khác.',
    () => 'This password is made of the person’s, the province’s or the program’s name. Add other words.',
  ),
  'password-wrong': say(
    400,
    () => 'Mật khẩu hiện tại không đúng. Nếu đã thử nhiều lần, hãy chờ ít phút rồi thử lại.',
    () => 'The present password is not right. After several attempts, wait a few minutes and try again.',
  ),
  'proof-needed': say(
    403,
    () => 'Bạn đăng nhập đã lâu. Hãy nhập lại mật khẩu, hoặc đăng nhập lại, rồi làm tiếp.',
    () => 'You signed in a while ago. Give your password once more, or sign in again, and go on.',
  ),
  'second-factor-not-offered': say(
    409,
    () => 'Mã QR này đã quá hạn. Hãy lấy mã QR mới.',
    () => 'This QR code is over. Ask for a new one.',
  ),
  'second-factor-none': say(
    409,
    () => 'Tài khoản này chưa có xác thực hai bước.',
    () => 'This account has no second factor.',
  ),
  'second-factor-required': say(
    409,
    () => 'Vai này bắt buộc xác thực hai bước: đổi được thiết bị, không tắt được.',
    () => 'This role demands a second factor: the device can be changed, the second factor not turned off.',
  ),
  'second-factor-unreadable': say(
    500,
    () => 'Không mở được khoá xác thực hai bước. Hãy báo người quản trị máy chủ: SECRET_KEY không còn như cũ.',
    () => 'The second factor cannot be read. Tell whoever runs the server: SECRET_KEY is not what it was.',
  ),
  'demonstration-sign-in-fixed': say(
    403,
    () => 'Tài khoản trình diễn dùng chung cho mọi người nên không đổi được mật khẩu và xác thực hai bước.',
    () => 'Everybody shares this account of the demonstration: its password and second factor cannot be changed.',
  ),
  'session-unknown': say(
    404,
    () => 'Phiên này không có hoặc đã kết thúc.',
    () => 'There is no such session, or it has ended.',
  ),
  'link-over': say(
    410,
    () =>
      'Đường dẫn này không dùng được: đã quá hạn, đã dùng, hoặc có đường dẫn mới hơn. Hãy xin quản trị đường dẫn mới.',
    () =>
      'This link does not work: it is over, was used, or there is a newer one. Ask an administrator for a new link.',
  ),
  'sso-off': say(
    404,
    () => 'Nơi này không dùng đăng nhập một lần.',
    () => 'There is no single sign-on here.',
  ),
  'sso-unreachable': say(
    503,
    () => 'Chưa liên hệ được với nơi xác thực. Hãy thử lại sau ít phút.',
    () => 'The sign-on provider cannot be reached. Try again in a few minutes.',
  ),
  'sso-refused': say(
    401,
    () => 'Nơi xác thực không xác nhận lần đăng nhập này. Hãy thử lại.',
    () => 'The sign-on provider did not confirm this sign-in. Try again.',
  ),
  'sso-unknown-person': say(
    401,
    () => 'Bạn đã được xác thực nhưng chưa có tài khoản ở đây. Hãy xin quản trị mời bạn.',
    () => 'You were recognised, but you have no account here. Ask an administrator to invite you.',
  ),
};

function minutes(seconds: string | number | undefined): number {
  return Math.max(1, Math.ceil(Number(seconds ?? 0) / 60));
}
