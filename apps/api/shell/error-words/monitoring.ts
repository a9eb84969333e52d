import type { MonitoringErrorCode } from '#libs/monitoring';
import { say, type Refusals } from './refusal-words.js';

export const MONITORING_WORDS: Refusals<MonitoringErrorCode> = {
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
