import type { MonitoringErrorCode, PolicyProblemCode } from '#libs/monitoring';
import { say, type Refusals } from './refusal-words.js';

export const MONITORING_WORDS: Refusals<MonitoringErrorCode | PolicyProblemCode> = {
  'policy-refused': say(
    422,
    () => 'Chính sách chưa dùng được; xem từng điểm cần sửa.',
    () => 'The policy cannot be used yet; see each point.',
  ),
  'policy-field-refused': say(
    422,
    ({ field }) => `Giá trị của ${field} không hợp lệ.`,
    ({ field, expected }) => `${field} ${expected}.`,
  ),
  'policy-declared-missing': say(
    422,
    () => 'Bình quân theo số công bố cần một tỷ lệ cho mỗi tháng từ tháng 1 đến tháng đang xét.',
    () => 'A declared average needs a percentage for every month up to the one evaluated.',
  ),
  'policy-declared-by-group': say(
    422,
    () => 'Số công bố là của toàn tỉnh, không xét riêng từng nhóm được.',
    () => 'A declared figure serves the whole province; it cannot be used by group.',
  ),
  'policy-project-unknown': say(
    422,
    ({ project }) => `Không có dự án mã ${project}.`,
    ({ project }) => `There is no project with code ${project}.`,
  ),
  'policy-unchanged': say(
    409,
    () => 'Chính sách đề xuất giống hệt chính sách đang dùng.',
    () => 'The proposed policy is the present one.',
  ),
  'policy-proposal-open': say(
    409,
    ({ year }) => `Năm ${year} đang có một đề xuất chờ xác nhận. Xác nhận hoặc rút đề xuất đó trước.`,
    ({ year }) => `A proposal for ${year} waits already. Confirm or withdraw it first.`,
  ),
  'policy-proposal-unknown': say(
    404,
    ({ id }) => `Không có đề xuất chính sách số ${id}.`,
    ({ id }) => `There is no policy proposal ${id}.`,
  ),
  'policy-proposal-decided': say(
    409,
    ({ id }) => `Đề xuất số ${id} đã được xác nhận hoặc đã rút.`,
    ({ id }) => `Proposal ${id} was confirmed or withdrawn already.`,
  ),
  'policy-proposal-outdated': say(
    409,
    ({ version }) => `Chính sách đã đổi sang bản ${version} sau khi đề xuất. Rút và đề xuất lại từ bản mới.`,
    ({ version }) => `The policy became version ${version} meanwhile. Withdraw and propose anew.`,
  ),
  'policy-same-person': say(
    403,
    () => 'Người đề xuất không tự xác nhận được; cần một người duyệt khác.',
    () => 'Who proposed it cannot confirm it; another approver has to.',
  ),
  'plan-year-without-months': say(
    404,
    ({ year }) => `Năm kế hoạch ${year} chưa mở.`,
    ({ year }) => `Plan year ${year} is not open.`,
  ),

  'evaluation-missing': say(
    404,
    ({ month }) => `Tháng ${month} chưa có kết quả: bình quân và danh sách có sau khi đóng tháng.`,
    ({ month }) => `Month ${month} has no result yet: the average and the list come after it is closed.`,
  ),
  'evaluation-version-missing': say(
    404,
    ({ month, version }) => `Tháng ${month} không có kết quả bản ${version} để so.`,
    ({ month, version }) => `Month ${month} has no result of version ${version} to compare.`,
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
};
