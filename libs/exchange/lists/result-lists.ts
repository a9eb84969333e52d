import { frozenEvaluation, rateOf } from '#libs/insight';
import { evaluationUnits, listWarningCases, type EvaluationUnitRow, type WarningCaseRow } from '#libs/monitoring';
import { listNotices, type NoticeWithLines } from '#libs/notices';
import { dong, integer, listOf, percent, text } from './list-definition.js';
import { STATUS, yesNo } from './office-words.js';

export const RESULTS = listOf<EvaluationUnitRow>({
  title: 'Kết quả giải ngân theo đơn vị',
  file: 'ket-qua',
  needs: 'month',
  columns: [
    text('Mã đơn vị', 16, ({ unitCode }) => unitCode),
    text('Đơn vị', 48, ({ unitName }) => unitName),
    dong('Kế hoạch', ({ plan }) => plan),
    dong('Luỹ kế giải ngân', ({ disbursed }) => disbursed),
    percent('Tỷ lệ (%)', ({ plan, disbursed }) => rateOf(disbursed, plan)?.percent),
    text('So với bình quân chung', 26, ({ status }) => STATUS[status]),
    integer('Số tháng liên tiếp thấp hơn', ({ streak }) => streak),
    text('Trong danh sách', 12, ({ flagged }) => yesNo(flagged)),
    dong('Còn thiếu để bằng bình quân', ({ gap }) => gap),
  ],
  rows: async (db, actor, { month }, limit) => {
    if (!month) return { items: [], total: 0 };
    const { evaluation } = await frozenEvaluation(db, month);
    return evaluationUnits(db, actor, evaluation, { limit });
  },
});

const CASE_STATE = {
  open: 'Đang mở',
  cleared: 'Đã ra khỏi danh sách',
  ended: 'Kết thúc',
  withdrawn: 'Đã thu hồi',
} as const;

export const WARNING_CASES = listOf<WarningCaseRow>({
  title: 'Cảnh báo thấp hơn bình quân chung ba tháng liên tiếp',
  file: 'canh-bao',
  needs: 'nothing',
  columns: [
    integer('Cảnh báo', ({ id }) => id),
    integer('Năm kế hoạch', ({ planYear }) => planYear),
    text('Mã đơn vị', 16, ({ unitCode }) => unitCode),
    text('Đơn vị', 48, ({ unitName }) => unitName),
    integer('Vào danh sách từ tháng', ({ openedMonth }) => openedMonth),
    text('Tình trạng', 22, ({ state }) => CASE_STATE[state]),
    integer('Kết thúc tháng', ({ endedMonth }) => endedMonth),
  ],
  rows: (db, actor, _filter, limit) => listWarningCases(db, actor, { limit }),
});

const AUDIENCE = { team: 'Đoàn kiểm tra', unit: 'Đơn vị', announcement: 'Thông báo của tỉnh', staff: 'Chuyên viên' };
const NOTICE_STATE = {
  draft: 'Dự thảo',
  issued: 'Đã phát hành',
  delivered: 'Đã chuyển đến',
  acknowledged: 'Đã xác nhận',
  planned: 'Đã lên kế hoạch',
  inspected: 'Đã kiểm tra',
  answered: 'Đã trả lời',
  resolved: 'Đã giải quyết',
  closed: 'Đã kết thúc',
  withdrawn: 'Đã thu hồi',
};

export const NOTICES = listOf<NoticeWithLines>({
  title: 'Thông báo',
  file: 'thong-bao',
  needs: 'nothing',
  columns: [
    integer('Số thứ tự', ({ id }) => id),
    integer('Năm kế hoạch', ({ planYear }) => planYear),
    integer('Tháng', ({ month }) => month),
    text('Gửi', 18, ({ audience }) => AUDIENCE[audience]),
    text('Nơi nhận', 40, ({ recipientName }) => recipientName),
    text('Nội dung', 60, ({ subject }) => subject),
    text('Tình trạng', 14, ({ state }) => NOTICE_STATE[state]),
    text('Người xác nhận', 24, ({ acknowledgedBy }) => acknowledgedBy),
    integer('Số dòng', ({ lines }) => lines.length),
  ],
  rows: (db, actor, { month }, limit) => listNotices(db, actor, { month, limit }),
});
