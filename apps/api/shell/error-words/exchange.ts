import type { ExportErrorCode } from '#libs/exchange';
import { say, type Refusals } from './refusal-words.js';

export const EXPORT_WORDS: Refusals<ExportErrorCode> = {
  'export-too-large': say(
    422,
    ({ rows, most }) => `Danh sách có ${rows} dòng, một tệp chỉ chứa ${most}. Hãy lọc theo tháng hoặc đơn vị.`,
    ({ rows, most }) => `The list has ${rows} rows and a file holds ${most}. Filter it by month or unit.`,
  ),
  'export-needs-month': say(
    400,
    () => 'Danh sách này cần chọn tháng, ví dụ ?month=2024-09.',
    () => 'This list needs a month, for example ?month=2024-09.',
  ),
  'export-needs-plan-year': say(
    400,
    () => 'Danh sách này cần chọn năm kế hoạch, ví dụ ?planYear=2024.',
    () => 'This list needs a plan year, for example ?planYear=2024.',
  ),
};
