import type { CapitalErrorCode, CapitalProblemCode } from '#libs/ledger';
import { day, say, type Refusals } from './refusal-words.js';

export const CAPITAL_WORDS: Refusals<CapitalErrorCode | CapitalProblemCode> = {
  'decision-unknown': say(
    404,
    ({ decision }) => `Không có quyết định số thứ tự ${decision} trong sổ.`,
    ({ decision }) => `There is no decision with id ${decision} in the books.`,
  ),
  'detail-not-possible': say(
    409,
    ({ decision }) =>
      `Quyết định ${decision} không giao chi tiết được cho quyết định đã chọn: chọn quyết định gốc, cùng năm kế hoạch, có hiệu lực không muộn hơn.`,
    ({ decision }) =>
      `Decision ${decision} cannot detail the one chosen: choose a root decision of the same plan year that takes effect no later.`,
  ),
  'decision-above-total': say(
    422,
    ({ decision, source, basis, total, lines }) =>
      `Quyết định ${decision} giao tổng ${dong(total, '.')} đồng nguồn ${source} (${BASIS_VI[String(basis)]}), các dòng đã lấy ${dong(lines, '.')} đồng. Giảm các dòng hoặc sửa tổng.`,
    ({ decision, source, basis, total, lines }) =>
      `Decision ${decision} assigns ${dong(total, ',')} đồng of ${source} (${BASIS_EN[String(basis)]}) in all and its lines take ${dong(lines, ',')} đồng. Lower the lines or mend the total.`,
  ),
  'unassigned-too-little': say(
    422,
    ({ unit, source, basis, amount }) =>
      `Vốn chưa giao chi tiết của đơn vị ${unit}, nguồn ${source} (${BASIS_VI[String(basis)]}) thiếu ${dong(amount, '.')} đồng để giao tiếp. Giảm số giao hoặc chọn đúng quyết định gốc.`,
    ({ unit, source, basis, amount }) =>
      `Unit ${unit} has ${dong(amount, ',')} đồng too little of ${source} (${BASIS_EN[String(basis)]}) not yet assigned in detail. Assign less or choose the right decision.`,
  ),
  'decision-kind-refused': say(
    422,
    ({ decision }) => `Quyết định ${decision}: loại kéo dài chỉ nhận dòng vốn kéo dài, loại huỷ chỉ nhận dòng số âm.`,
    ({ decision }) =>
      `Decision ${decision}: one that carries over takes carried-over lines only, a cancellation negative lines only.`,
  ),
  'plan-below-zero': say(
    422,
    ({ project, source, basis, month, amount }) =>
      `Huỷ vốn sẽ đưa dự án ${project}, nguồn ${source} (${BASIS_VI[String(basis)]}) xuống ${dong(amount, '.')} đồng ở tháng ${month}. Không huỷ quá số đang giao.`,
    ({ project, source, basis, month, amount }) =>
      `The cancellation would leave project ${project} with ${dong(amount, ',')} đồng of ${source} (${BASIS_EN[String(basis)]}) in month ${month}. No more can be cancelled than is assigned.`,
  ),
  'medium-term-refused': say(
    422,
    ({ project }) => `Kế hoạch trung hạn của dự án ${project} chưa được ghi vì có dòng sai.`,
    ({ project }) => `The medium-term plan of project ${project} was not saved because some lines are wrong.`,
  ),
  'effective-from': say(
    409,
    ({ closed, month, day: date }) =>
      `Tháng ${closed} đã đóng. Văn bản đến muộn có hiệu lực sớm nhất từ ${day(date)} (tháng ${month}).`,
    ({ closed, month, day: date }) =>
      `Month ${closed} is closed. A decision that arrives late can take effect from ${day(date)} on (month ${month}).`,
  ),
  'no-open-month': say(
    409,
    ({ closed, planYear }) =>
      `Tháng ${closed} và mọi tháng sau của năm kế hoạch ${planYear} đã đóng. Xin mở lại tháng.`,
    ({ closed, planYear }) =>
      `Month ${closed} and all later ones of plan year ${planYear} are closed. Have one reopened.`,
  ),
  'line-not-carried-over': say(
    422,
    () => 'Quyết định kéo dài chỉ nhận dòng vốn kéo dài.',
    () => 'A decision that carries over takes carried-over lines only.',
  ),
  'line-not-negative': say(
    422,
    () => 'Quyết định huỷ chỉ nhận dòng số âm.',
    () => 'A cancellation takes negative lines only.',
  ),
  'total-twice': say(
    422,
    ({ source }) => `Tổng của nguồn ${source} ghi hai lần.`,
    ({ source }) => `The total of ${source} is stated twice.`,
  ),
  'medium-term-twice': say(
    422,
    ({ source }) => `Nguồn ${source} ghi hai lần.`,
    ({ source }) => `Source ${source} is there twice.`,
  ),
  'value-malformed': say(
    422,
    ({ found }) => `Không đọc được giá trị "${found}".`,
    ({ found }) => `The value "${found}" cannot be read.`,
  ),
  'line-differs': say(
    422,
    ({ decision, booked }) =>
      `Quyết định ${decision} đã ghi dòng này với ${dong(booked, '.')} đồng. Sổ chỉ ghi thêm: nhập một quyết định điều chỉnh.`,
    ({ decision, booked }) =>
      `Decision ${decision} has this line with ${dong(booked, ',')} đồng. The books are only added to: enter an adjusting decision.`,
  ),
  'decision-differs': say(
    422,
    ({ decision, expected, found }) => `Quyết định ${decision} đã ghi là "${expected}", dòng này ghi "${found}".`,
    ({ decision, expected, found }) => `Decision ${decision} says "${expected}", this row says "${found}".`,
  ),
  'decision-has-wrong-lines': say(
    422,
    ({ decision }) => `Quyết định ${decision} có dòng sai; cả quyết định chờ sửa, không ghi một phần.`,
    ({ decision }) => `Decision ${decision} has wrong rows; all of it waits until they are mended.`,
  ),
};

const BASIS_VI: Record<string, string> = { province: 'KH tỉnh giao', pm: 'KH Thủ tướng giao' };
const BASIS_EN: Record<string, string> = { province: 'province plan', pm: 'PM plan' };

/** Digits in groups of three. */
function dong(amount: string | number | undefined, separator: string): string {
  return String(amount ?? '').replace(/\B(?=(\d{3})+$)/g, separator);
}
