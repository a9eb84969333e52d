import type { MeetingErrorCode } from '#libs/followup';
import { day, say, type Refusals } from './refusal-words.js';

export const MEETING_WORDS: Refusals<MeetingErrorCode> = {
  'meeting-body-unknown': say(
    404,
    ({ body }) => `Không có cơ quan họp số ${body}.`,
    ({ body }) => `There is no body ${body}.`,
  ),
  'meeting-body-exists': say(
    409,
    ({ body }) => `Cơ quan “${body}”, hoặc cơ quan của đoàn này, đã có.`,
    ({ body }) => `The body “${body}”, or one of this team, is there already.`,
  ),
  'meeting-body-team': say(
    422,
    () => 'Cuộc họp của đoàn thì chọn đoàn kiểm tra; cơ quan khác thì để trống.',
    () => 'A team’s body names its inspection team; another body names none.',
  ),
  'meeting-member-unknown': say(
    404,
    ({ member }) => `Không có thành viên số ${member} trong cơ quan vào ngày họp.`,
    ({ member }) => `There is no member ${member} of the body on the day of the meeting.`,
  ),
  'meeting-member-twice': say(
    409,
    ({ member }) => `${member} đã là thành viên trong thời gian đó.`,
    ({ member }) => `${member} is a member at that time already.`,
  ),
  'meeting-member-ended': say(
    422,
    ({ member, day: on }) => `${member}: ngày thôi làm thành viên chỉ ghi một lần, không trước ngày ${day(on)}.`,
    ({ member, day: on }) => `${member}: a membership ends once, and not before ${day(on)}.`,
  ),
  'meeting-unknown': say(
    404,
    ({ meeting }) => `Không có cuộc họp số ${meeting}.`,
    ({ meeting }) => `There is no meeting ${meeting}.`,
  ),
  'meeting-difficulty': say(
    409,
    ({ difficulty }) => `Khó khăn, vướng mắc số ${difficulty} đã kết thúc, không cần họp nữa.`,
    ({ difficulty }) => `Difficulty ${difficulty} is over: no meeting is needed.`,
  ),
  'meeting-changed-meanwhile': say(
    412,
    ({ meeting }) => `Chương trình cuộc họp số ${meeting} vừa được người khác sửa. Tải lại, xem rồi sửa tiếp.`,
    ({ meeting }) => `Somebody else has just changed the agenda of meeting ${meeting}. Load it again first.`,
  ),
  'meeting-agenda-fixed': say(
    409,
    ({ meeting }) => `Chương trình cuộc họp số ${meeting} đã chốt.`,
    ({ meeting }) => `The agenda of meeting ${meeting} is fixed.`,
  ),
  'meeting-agenda-empty': say(
    409,
    ({ meeting }) => `Cuộc họp số ${meeting} chưa có nội dung nào để chốt.`,
    ({ meeting }) => `Meeting ${meeting} has nothing on its agenda to fix.`,
  ),
  'meeting-item-unknown': say(
    422,
    ({ item }) => `Nội dung số ${item} không còn để đưa vào cuộc họp này.`,
    ({ item }) => `Item ${item} is not, or no longer, a matter of this meeting.`,
  ),
  'meeting-not-fixed': say(
    409,
    ({ state }) =>
      state === 'held' ? 'Cuộc họp đã kết thúc.' : 'Chốt chương trình trước, rồi mới ghi kết luận và biên bản.',
    ({ state }) =>
      state === 'held' ? 'The meeting is closed.' : 'Fix the agenda first; decisions and minutes come after.',
  ),
  'meeting-not-yet': say(
    409,
    ({ day: on }) => `Cuộc họp ngày ${day(on)} chưa diễn ra.`,
    ({ day: on }) => `The meeting of ${day(on)} has not taken place.`,
  ),
  'meeting-due-before': say(
    422,
    ({ day: on }) => `Hạn không thể trước ngày họp ${day(on)}.`,
    ({ day: on }) => `Nothing is due before the day of the meeting, ${day(on)}.`,
  ),
  'meeting-decision-unknown': say(
    404,
    ({ decision }) => `Không có kết luận số ${decision} của cuộc họp này.`,
    ({ decision }) => `There is no decision ${decision} of this meeting.`,
  ),
  'meeting-decision-ended': say(
    409,
    ({ decision }) => `Kết luận số ${decision} đã hoàn thành hoặc đã rút.`,
    ({ decision }) => `Decision ${decision} is done or withdrawn already.`,
  ),
};
