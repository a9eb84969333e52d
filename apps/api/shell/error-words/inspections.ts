import type { InspectionsErrorCode } from '#libs/followup';
import { say, type Refusals } from './refusal-words.js';

export const INSPECTIONS_WORDS: Refusals<InspectionsErrorCode> = {
  'inspection-unknown': say(
    404,
    ({ inspection }) => `Không có cuộc kiểm tra ${inspection}.`,
    ({ inspection }) => `There is no inspection ${inspection}.`,
  ),
  'inspection-team-not-yours': say(
    404,
    ({ team }) => `Không có đoàn kiểm tra ${team} để lập cuộc kiểm tra.`,
    ({ team }) => `There is no team ${team} to plan an inspection for.`,
  ),
  'inspection-subject-refused': say(
    422,
    () => 'Chọn đúng đối tượng kiểm tra: đơn vị, dự án, chương trình, hoặc năm kế hoạch của việc phân bổ vốn.',
    () => 'Name what is inspected: a unit, a project, a programme, or the plan year of an assignment of capital.',
  ),
  'inspection-follows-missing': say(
    422,
    () => 'Kiểm tra lại thì phải chọn cuộc kiểm tra trước; các loại khác thì không.',
    () => 'A follow-up names the inspection before it; the other kinds do not.',
  ),
  'inspection-notice-of-another': say(
    422,
    ({ notice }) => `Thông báo ${notice} không gửi đến đoàn này.`,
    ({ notice }) => `Notice ${notice} is not one to this team.`,
  ),
  'inspection-changed-meanwhile': say(
    412,
    () => 'Kế hoạch kiểm tra vừa được người khác sửa. Tải lại rồi sửa tiếp.',
    () => 'Somebody else changed the plan meanwhile. Read it again and go on.',
  ),
  'inspection-not-planned': say(
    409,
    () => 'Đã đi kiểm tra nên không sửa kế hoạch được nữa.',
    () => 'The team has been there: the plan cannot change any more.',
  ),
  'inspection-not-visited': say(
    409,
    () => 'Chưa có lần kiểm tra nào. Ghi lần kiểm tra trước khi kết luận.',
    () => 'There has been no visit. Record one before concluding.',
  ),
  'inspection-concluded': say(
    409,
    () => 'Cuộc kiểm tra đã kết luận. Cần thêm thì lập cuộc kiểm tra lại.',
    () => 'The inspection is concluded. Plan a follow-up for anything more.',
  ),
  'visit-in-future': say(
    422,
    ({ day }) => `Ngày kiểm tra ${day} chưa đến. Ghi ngày đã đi.`,
    ({ day }) => `The day ${day} has not come. State the day of the visit.`,
  ),
  'visit-draft-used': say(
    409,
    () => 'Bản ghi này đã gửi cho một cuộc kiểm tra khác.',
    () => 'This draft was sent to another inspection already.',
  ),
  'recommendation-unknown': say(
    404,
    ({ recommendation }) => `Không có kiến nghị kiểm tra ${recommendation}.`,
    ({ recommendation }) => `There is no recommendation ${recommendation}.`,
  ),
  'recommendation-done': say(
    409,
    ({ by }) => `${by} đã ghi là xong.`,
    ({ by }) => `${by} noted it as done already.`,
  ),
};
