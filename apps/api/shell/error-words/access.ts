import type { AccessErrorCode } from '#libs/access';
import { say, type Refusals } from './refusal-words.js';
import { SIGN_IN_WORDS } from './sign-in.js';

export const ACCESS_WORDS: Refusals<AccessErrorCode> = {
  ...SIGN_IN_WORDS,
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
  'demonstration-in-production': say(
    500,
    ({ accounts }) => `Cơ sở dữ liệu này có ${accounts} tài khoản trình diễn, không chạy được với NODE_ENV=production.`,
    ({ accounts }) => `This database has ${accounts} demonstration accounts and does not run with NODE_ENV=production.`,
  ),
};
