import { listDifficulties, type DifficultyRow, type DifficultyState } from '#libs/followup';
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
