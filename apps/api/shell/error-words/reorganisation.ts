import type { ReorganisationErrorCode, ReorganisationProblemCode } from '#libs/ledger';
import { day, say, type Refusals } from './refusal-words.js';

export const REORGANISATION_WORDS: Refusals<ReorganisationErrorCode | ReorganisationProblemCode> = {
  'reorganisation-unknown': say(
    404,
    ({ id }) => `Không có lần sắp xếp đơn vị số ${id}.`,
    ({ id }) => `There is no reorganisation ${id}.`,
  ),
  'reorganisation-refused': say(
    422,
    ({ decision, problems }) =>
      `Chưa sắp xếp được theo ${decision}: còn ${problems} điểm phải sửa, chưa có gì được ghi.`,
    ({ decision, problems }) => `${decision} cannot be carried out: ${problems} points to mend; nothing was booked.`,
  ),
  'reorganisation-decided': say(
    409,
    ({ decision }) =>
      `Lần sắp xếp theo ${decision} đã thực hiện hoặc đã rút. Cần làm khác thì lập lần sắp xếp mới; sổ không xoá.`,
    ({ decision }) => `The reorganisation by ${decision} was carried out or withdrawn. Prepare a new one instead.`,
  ),
  'reorganisation-same-person': say(
    403,
    ({ decision }) => `Người lập không tự xác nhận: nhờ người duyệt khác thực hiện lần sắp xếp theo ${decision}.`,
    ({ decision }) => `Whoever prepared it does not confirm it: another approver carries out ${decision}.`,
  ),
  'reorganisation-changed-meanwhile': say(
    409,
    ({ decision }) => `Sổ đã thay đổi sau khi bạn xem trước lần sắp xếp theo ${decision}. Xem lại rồi xác nhận.`,
    ({ decision }) => `The books changed after you saw the preview of ${decision}. Look again, then confirm.`,
  ),
  'reorganisation-month-closed': say(
    409,
    ({ day: date, month }) =>
      `Hiệu lực ${day(date)} cần mọi tháng từ ngày đó còn mở, mà tháng ${month} đã đóng. Chọn ngày hiệu lực sau hoặc xin mở lại tháng.`,
    ({ day: date, month }) =>
      `Taking effect on ${day(date)} needs every month from then on open, and month ${month} is closed. Choose a later day or have the month reopened.`,
  ),
  'reorganisation-year-not-open': say(
    409,
    ({ day: date, planYear }) => `Hiệu lực ${day(date)} thuộc năm kế hoạch ${planYear}, năm này chưa được mở.`,
    ({ day: date, planYear }) => `Taking effect on ${day(date)} falls into plan year ${planYear}, which is not open.`,
  ),
  'unit-already-ended': say(
    422,
    ({ unit, day: date }) => `Đơn vị ${unit} đã kết thúc ngày ${day(date)}.`,
    ({ unit, day: date }) => `Unit ${unit} ended on ${day(date)} already.`,
  ),
  'unit-in-request-twice': say(
    422,
    ({ unit }) => `Đơn vị ${unit} có hai lần trong danh sách.`,
    ({ unit }) => `Unit ${unit} stands twice in the list.`,
  ),
  'unit-not-begun': say(
    422,
    ({ unit, day: date }) => `Đơn vị ${unit} bắt đầu ngày ${day(date)}, chưa hoạt động trước ngày hiệu lực.`,
    ({ unit, day: date }) => `Unit ${unit} begins on ${day(date)}, not before the effective day.`,
  ),
  'successor-missing': say(
    422,
    ({ unit }) => `Đơn vị ${unit} kết thúc mà chưa có đơn vị kế thừa.`,
    ({ unit }) => `Unit ${unit} ends without a successor.`,
  ),
  'successor-unknown': say(
    422,
    ({ unit }) => `Không có đơn vị ${unit}: thêm vào danh sách đơn vị mới hoặc chọn đơn vị khác.`,
    ({ unit }) => `There is no unit ${unit}: list it as a new one or choose another.`,
  ),
  'successor-not-valid': say(
    422,
    ({ unit, day: date }) =>
      `Đơn vị ${unit} không hoạt động từ ngày ${day(date)} đến hết tháng đó, không kế thừa được.`,
    ({ unit, day: date }) =>
      `Unit ${unit} is not valid from ${day(date)} to the end of that month and cannot take over.`,
  ),
  'successor-is-itself': say(
    422,
    ({ unit }) => `Đơn vị ${unit} không thể kế thừa chính mình.`,
    ({ unit }) => `Unit ${unit} cannot follow itself.`,
  ),
  'successor-ends-too': say(
    422,
    ({ unit, day: date }) =>
      `Đơn vị ${unit} vừa nhận vừa kết thúc ngày ${day(date)}. Chuyển thẳng cho đơn vị nhận sau cùng.`,
    ({ unit, day: date }) => `Unit ${unit} would take over and end on ${day(date)}. Go straight to the last successor.`,
  ),
  'successor-without-part': say(
    422,
    ({ unit }) => `Đơn vị mới ${unit} chưa kế thừa đơn vị hay dự án nào.`,
    ({ unit }) => `The new unit ${unit} takes over nothing.`,
  ),
  'project-without-successor': say(
    422,
    ({ project, unit }) => `Dự án ${project} của đơn vị ${unit} chưa có đơn vị nhận.`,
    ({ project, unit }) => `Project ${project} of unit ${unit} has no successor.`,
  ),
  'project-not-of-ended-unit': say(
    422,
    ({ project }) => `Dự án ${project} không do đơn vị nào kết thúc lần này quản lý.`,
    ({ project }) => `Project ${project} is not held by a unit that ends.`,
  ),
  'project-twice': say(
    422,
    ({ project }) => `Dự án ${project} có hai lần trong danh sách.`,
    ({ project }) => `Project ${project} stands twice in the list.`,
  ),
  'unassigned-without-successor': say(
    422,
    ({ unit }) => `Vốn chưa phân bổ cho dự án của đơn vị ${unit} chưa có đơn vị nhận.`,
    ({ unit }) => `The capital of unit ${unit} not assigned to projects has no successor.`,
  ),
  'team-unknown': say(
    422,
    ({ team }) => `Không có đoàn kiểm tra mã ${team}.`,
    ({ team }) => `There is no inspection team ${team}.`,
  ),
  'team-ambiguous': say(
    422,
    ({ unit, teams }) => `Các đơn vị mà ${unit} kế thừa thuộc nhiều đoàn (${teams}). Chọn đoàn phụ trách.`,
    ({ unit, teams }) => `The units that ${unit} follows are under several teams (${teams}). Choose one.`,
  ),
  'estimate-not-replaced': say(
    422,
    ({ project, month }) =>
      `Dự án ${project} còn số ước tháng ${month} chưa được thay bằng thực chi, mà quy định của năm tính cả số ước. Ghi thực chi tháng đó (0 đồng nếu không chi) rồi sắp xếp.`,
    ({ project, month }) =>
      `Project ${project} has an estimate of month ${month} that no actual figure has replaced, and the year's policy counts estimates. Book the actual figure (0 đồng if none), then reorganise.`,
  ),
};
