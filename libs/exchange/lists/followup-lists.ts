import { documentRegister, type DocumentHead } from '#libs/documents';
import {
  ANSWER_KIND_NAMES,
  listAnswers,
  listDecisions,
  listDifficulties,
  listInspections,
  type AnswerRow,
  type DecisionRow,
  type DifficultyRow,
  type DifficultyState,
  type InspectionRow,
} from '#libs/followup';
import { dateInProvince, may } from '#libs/kernel';
import { date, dong, integer, listOf, text } from './list-definition.js';

const STATE: Record<DifficultyState, string> = {
  open: 'Mới nêu',
  proposed: 'Đã đề xuất',
  decided: 'Đã có quyết định',
  solved: 'Đã tháo gỡ',
  dropped: 'Thôi theo dõi',
};

export const DIFFICULTIES = listOf<DifficultyRow>({
  title: 'Khó khăn, vướng mắc',
  file: 'kho-khan-vuong-mac',
  needs: 'nothing',
  columns: [
    integer('Số', ({ id }) => id),
    text('Nhóm', 34, ({ categoryVi }) => categoryVi),
    text('Nội dung', 60, ({ title }) => title),
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Dự án', 48, ({ projectName }) => projectName),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    dong('Vốn bị vướng', ({ blocked }) => blocked),
    text('Chủ trì xử lý', 30, ({ owner }) => owner),
    text('Thẩm quyền quyết định', 30, ({ decider }) => decider),
    date('Hạn', ({ dueDate }) => dueDate),
    text('Tình trạng', 18, ({ state }) => STATE[state]),
    text('Quá hạn', 10, ({ isOverdue }) => (isOverdue ? 'quá hạn' : null)),
    text('Đề xuất', 48, ({ proposal }) => proposal),
    text('Quyết định', 48, ({ decision }) => decision),
  ],
  rows: (db, actor, { unitCode }, limit) => listDifficulties(db, actor, { unitCode, limit }),
});

const ANSWER_STATE: Record<AnswerRow['state'], string> = {
  open: 'Chờ trả lời',
  accepted: 'Chấp nhận',
  rejected: 'Không chấp nhận',
};

export const ANSWERS = listOf<AnswerRow>({
  title: 'Giải trình, kiến nghị của đơn vị',
  file: 'giai-trinh-kien-nghi',
  needs: 'nothing',
  columns: [
    integer('Số', ({ id }) => id),
    text('Hình thức', 20, ({ kind }) => ANSWER_KIND_NAMES[kind]),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Tháng', 10, ({ planYear, month }) => (month === null ? null : `${month}/${planYear}`)),
    text('Dự án', 48, ({ projectName }) => projectName),
    dong('Đang ghi', ({ stated }) => stated),
    dong('Đơn vị nêu', ({ claimed }) => claimed),
    text('Nội dung', 60, ({ text: said }) => said),
    date('Ngày gửi', ({ sentAt }) => dateInProvince(sentAt)),
    date('Hạn trả lời', ({ dueOn }) => dueOn),
    text('Tình trạng', 18, ({ state }) => ANSWER_STATE[state]),
    text('Trả lời', 48, ({ reason }) => reason),
  ],
  rows: (db, actor, { unitCode }, limit) => listAnswers(db, actor, { unit: unitCode, limit }),
});

const INSPECTION_KIND: Record<InspectionRow['kind'], string> = {
  routine: 'Định kỳ',
  sudden: 'Đột xuất',
  'follow-up': 'Kiểm tra lại',
};
const INSPECTION_STATE: Record<InspectionRow['state'], string> = {
  planned: 'Đã lên lịch',
  visited: 'Đã đi kiểm tra',
  concluded: 'Đã kết luận',
};

export const INSPECTIONS = listOf<InspectionRow>({
  title: 'Cuộc kiểm tra',
  file: 'kiem-tra',
  needs: 'nothing',
  columns: [
    integer('Số', ({ id }) => id),
    text('Đoàn', 28, ({ teamName }) => teamName),
    text('Loại', 14, ({ kind }) => INSPECTION_KIND[kind]),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Dự án', 48, ({ projectName }) => projectName),
    text('Nội dung', 48, ({ purpose }) => purpose),
    date('Ngày đi theo kế hoạch', ({ plannedOn }) => plannedOn),
    text('Địa điểm', 30, ({ place }) => place),
    text('Thành viên', 36, ({ members }) => members.join('; ')),
    text('Tình trạng', 16, ({ state }) => INSPECTION_STATE[state]),
    integer('Số lần đã đi', ({ visits }) => visits),
    integer('Kiến nghị chưa xong', ({ openRecommendations }) => openRecommendations),
    date('Hạn gần nhất', ({ nextDueOn }) => nextDueOn),
    text('Kết luận', 60, ({ conclusion }) => conclusion),
  ],
  rows: (db, actor, _filter, limit) => listInspections(db, actor, { limit }),
});

const DECISION_STATE: Record<DecisionRow['state'], string> = {
  open: 'Đang làm',
  done: 'Đã xong',
  withdrawn: 'Đã rút',
};

export const MEETING_DECISIONS = listOf<DecisionRow>({
  title: 'Kết luận các cuộc họp',
  file: 'ket-luan-hop',
  needs: 'nothing',
  columns: [
    text('Cơ quan họp', 36, ({ bodyName }) => bodyName),
    date('Ngày họp', ({ heldOn }) => heldOn),
    text('Nội dung giao', 60, ({ text: said }) => said),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Người, cơ quan thực hiện', 36, ({ owner }) => owner),
    date('Hạn', ({ dueDate }) => dueDate),
    text('Tình trạng', 14, ({ state }) => DECISION_STATE[state]),
    text('Quá hạn', 10, ({ isOverdue }) => (isOverdue ? 'quá hạn' : null)),
    text('Kết quả', 48, ({ outcome }) => outcome),
  ],
  rows: async (db, actor, _filter, limit) =>
    may(actor, 'meetings.read') ? listDecisions(db, actor, { limit }) : { items: [], total: 0 },
});

/** The department's own book: nobody else keeps it. */
export const DOCUMENT_REGISTER = listOf<DocumentHead>({
  title: 'Sổ văn bản đi',
  file: 'so-van-ban-di',
  needs: 'plan-year',
  columns: [
    integer('Số', ({ number }) => number),
    text('Ký hiệu', 16, ({ symbol }) => symbol),
    date('Ngày văn bản', ({ documentDate }) => documentDate),
    date('Ngày gửi', ({ sentDate }) => sentDate),
    text('Trích yếu', 70, ({ subject }) => subject),
    text('Gửi', 40, ({ recipientName }) => recipientName),
    text('Người cấp số', 24, ({ issuedBy }) => issuedBy),
    text('Đầu chuỗi nhật ký khi cấp số', 68, ({ auditHash }) => auditHash),
  ],
  rows: async (db, actor, { planYear }, limit) =>
    planYear !== undefined && may(actor, 'province.read')
      ? documentRegister(db, { year: planYear, limit })
      : { items: [], total: 0 },
});
