import type { DifficultyErrorCode } from '#libs/followup';
import { say, type Refusals } from './refusal-words.js';

const STATES: Record<string, [vi: string, en: string]> = {
  open: ['mới nêu', 'open'],
  proposed: ['đã đề xuất', 'proposed'],
  decided: ['đã có quyết định', 'decided'],
  solved: ['đã tháo gỡ', 'solved'],
  dropped: ['thôi theo dõi', 'dropped'],
};

export const DIFFICULTY_WORDS: Refusals<DifficultyErrorCode> = {
  'difficulty-unknown': say(
    404,
    ({ difficulty }) => `Không có khó khăn, vướng mắc số ${difficulty}.`,
    ({ difficulty }) => `There is no difficulty ${difficulty}.`,
  ),
  'difficulty-subject': say(
    422,
    () => 'Chọn một dự án, hoặc một đơn vị nếu vướng mắc là của cả đơn vị.',
    () => 'Name one project, or one unit where the difficulty is of the whole unit.',
  ),
  'difficulty-category-unknown': say(
    422,
    ({ category }) => `Không có nhóm vướng mắc “${category}”.`,
    ({ category }) => `There is no category “${category}”.`,
  ),
  'difficulty-changed-meanwhile': say(
    412,
    ({ difficulty }) => `Khó khăn, vướng mắc số ${difficulty} vừa được người khác cập nhật. Tải lại, xem rồi ghi tiếp.`,
    ({ difficulty }) => `Somebody else has just changed difficulty ${difficulty}. Load it again first.`,
  ),
  'difficulty-over': say(
    409,
    ({ difficulty }) => `Khó khăn, vướng mắc số ${difficulty} đã kết thúc, không sửa được nữa.`,
    ({ difficulty }) => `Difficulty ${difficulty} is over and takes no change.`,
  ),
  'difficulty-way': say(
    409,
    ({ difficulty, state, to }) =>
      `Khó khăn, vướng mắc số ${difficulty} đang ở bước “${STATES[String(state)]?.[0]}”, không chuyển sang “${STATES[String(to)]?.[0]}” được.`,
    ({ difficulty, state, to }) =>
      `Difficulty ${difficulty} is ${STATES[String(state)]?.[1]} and cannot become ${STATES[String(to)]?.[1]}.`,
  ),
};
