import type { AccountErrorCode } from '#libs/access';
import { say, type Refusals } from './refusal-words.js';

export const ACCOUNT_WORDS: Refusals<AccountErrorCode> = {
  'account-changed-meanwhile': say(
    412,
    ({ username }) => `Tài khoản ${username} vừa được người khác sửa. Tải lại rồi sửa tiếp.`,
    ({ username }) => `Somebody has just changed the account ${username}. Reload it and edit again.`,
  ),
  'account-disabled': say(
    409,
    ({ username }) => `Tài khoản ${username} đã bị vô hiệu hoá. Mở lại trước đã.`,
    ({ username }) => `The account ${username} is disabled. Enable it first.`,
  ),
  'account-not-disabled': say(
    409,
    ({ username }) => `Tài khoản ${username} đang dùng được, không cần mở lại.`,
    ({ username }) => `The account ${username} is in use; there is nothing to enable.`,
  ),
  'account-unchanged': say(
    409,
    ({ username }) => `Tài khoản ${username} đã có đúng vai và phạm vi này.`,
    ({ username }) => `The account ${username} has this role and these rows already.`,
  ),
  'account-of-oneself': say(
    409,
    () => 'Không làm việc này với tài khoản của chính mình. Nhờ một quản trị khác.',
    () => 'Nobody does this to their own account. Ask another administrator.',
  ),
  'account-last-admin': say(
    409,
    () => 'Đây là quản trị cuối cùng. Cho một người khác làm quản trị trước.',
    () => 'This is the last administrator. Make somebody else one first.',
  ),
  'account-scope-missing': say(
    400,
    ({ role }) =>
      role === 'inspector' ? 'Thành viên đoàn kiểm tra cần một đoàn.' : 'Người báo cáo cần ít nhất một đơn vị.',
    ({ role }) => (role === 'inspector' ? 'An inspector needs a team.' : 'A reporter needs at least one unit.'),
  ),
  'account-scope-not-of-role': say(
    400,
    () => 'Chỉ người báo cáo có đơn vị, chỉ thành viên đoàn kiểm tra có đoàn; vai khác không có phạm vi riêng.',
    () => 'Only reporters have units and only inspectors have teams; other roles have no rows of their own.',
  ),
  'account-scope-unknown': say(
    400,
    ({ code }) => `Không có đơn vị hay đoàn kiểm tra mang mã ${code ?? 'này'}.`,
    ({ code }) => `There is no unit or team with the code ${code ?? 'given'}.`,
  ),
  'account-request-pending': say(
    409,
    ({ username }) =>
      `Tài khoản ${username} đang có một đề nghị chờ người thứ hai. Xác nhận hoặc rút đề nghị đó trước.`,
    ({ username }) =>
      `A request about the account ${username} waits for a second person. Confirm or withdraw it first.`,
  ),
  'account-request-unknown': say(
    404,
    ({ request }) => `Không có đề nghị số ${request}.`,
    ({ request }) => `There is no request ${request}.`,
  ),
  'account-request-decided': say(
    409,
    ({ username }) => `Đề nghị về tài khoản ${username} đã được giải quyết.`,
    ({ username }) => `The request about the account ${username} was decided already.`,
  ),
  'account-request-expired': say(
    409,
    ({ username }) => `Đề nghị về tài khoản ${username ?? 'này'} đã hết hạn. Đề nghị lại.`,
    ({ username }) => `The request about the account ${username ?? 'in question'} has run out. Ask again.`,
  ),
  'account-needs-second-person': say(
    403,
    ({ by }) => `Cần người thứ hai: không phải ${by} là người đề nghị, cũng không phải chủ tài khoản.`,
    ({ by }) => `A second person is needed: neither ${by}, who asked, nor the owner of the account.`,
  ),
  'account-asker-gone': say(
    409,
    ({ by }) => `Người đề nghị (${by}) không còn quyền quản lý tài khoản. Rút đề nghị và đề nghị lại.`,
    ({ by }) => `Who asked (${by}) no longer administers accounts. Withdraw the request and ask again.`,
  ),
  'account-no-second-person': say(
    409,
    () =>
      'Không còn ai khác có thể xác nhận: cần thêm một quản trị hoặc lãnh đạo duyệt. Người giữ máy chủ mời được bằng lệnh: npm run cli -- invite.',
    () =>
      'Nobody else is left who could confirm: another administrator or approver is needed. Who keeps the server can invite one: npm run cli -- invite.',
  ),
  'successor-unfit': say(
    409,
    ({ username }) => `${username} không thay được: phải đang dùng được và làm được việc của người nghỉ.`,
    ({ username }) => `${username} cannot take over: it must be in use and able to do what the leaver did.`,
  ),
  'token-unknown': say(
    404,
    ({ token }) => `Không có mã truy cập số ${token}.`,
    ({ token }) => `There is no token ${token}.`,
  ),
  'token-permission-not-own': say(
    403,
    ({ permission }) =>
      `Mã truy cập không mang được quyền ${permission || 'nào'}: chỉ những quyền chủ tài khoản đang có.`,
    ({ permission }) => `The token cannot carry ${permission || 'nothing'}: only what its owner may do today.`,
  ),
  'token-days': say(
    400,
    ({ most }) => `Mã truy cập dùng được từ 1 đến ${most} ngày.`,
    ({ most }) => `A token works for 1 to ${most} days.`,
  ),
  'token-too-many': say(
    409,
    ({ most }) => `Mỗi tài khoản có nhiều nhất ${most} mã truy cập cùng lúc. Thu hồi mã không dùng nữa.`,
    ({ most }) => `An account has at most ${most} tokens at a time. Revoke those no longer used.`,
  ),
  'demonstration-database': say(
    500,
    () => 'Đây là cơ sở dữ liệu trình diễn: không chạy được với NODE_ENV=production. Dùng một cơ sở dữ liệu trống.',
    () => 'This is a demonstration database: it does not run with NODE_ENV=production. Use an empty database.',
  ),
  'demonstration-account': say(
    409,
    () => 'Tài khoản trình diễn chỉ có trong cơ sở dữ liệu trình diễn, và ở đó không có tài khoản thật.',
    () => 'Demonstration accounts are only in a demonstration database, and there are no real ones in it.',
  ),
};
