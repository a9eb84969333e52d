import type { OrganisationErrorCode, OrganisationProblemCode } from '#libs/organisation';
import { day, say, type Refusals } from './refusal-words.js';

export const ORGANISATION_WORDS: Refusals<OrganisationErrorCode | OrganisationProblemCode> = {
  'unit-unknown': say(
    404,
    ({ unit }) => `Không có đơn vị mã ${unit}.`,
    ({ unit }) => `There is no unit with code ${unit}.`,
  ),
  'unit-exists': say(
    409,
    ({ unit }) => `Mã đơn vị ${unit} đã dùng; mã không bao giờ dùng lại.`,
    ({ unit }) => `Unit code ${unit} is taken; a code is never reused.`,
  ),
  'unit-dates-crossed': say(
    400,
    ({ validFrom, validTo }) => `Ngày bắt đầu ${day(validFrom)} sau ngày kết thúc ${day(validTo)}.`,
    ({ validFrom, validTo }) => `The first day ${day(validFrom)} is after the last day ${day(validTo)}.`,
  ),
  'unit-changed-meanwhile': say(
    412,
    ({ unit }) => `Đơn vị ${unit} vừa được người khác sửa. Tải lại rồi sửa tiếp; những gì bạn gõ vẫn còn ở đây.`,
    ({ unit }) => `Unit ${unit} was changed by someone else meanwhile. Reload it and edit again.`,
  ),
  'unit-twice': say(
    422,
    ({ unit }) => `Mã đơn vị ${unit} đã có ở một dòng trên của tệp.`,
    ({ unit }) => `Unit code ${unit} stands in an earlier row of the file.`,
  ),
  'unit-kind-fixed': say(
    422,
    ({ unit, kind }) => `Loại của đơn vị ${unit} trong sổ là ${kind} và không đổi được; đơn vị khác loại cần mã mới.`,
    ({ unit, kind }) => `Unit ${unit} is of the kind ${kind}, which never changes; another kind needs a new code.`,
  ),
  'unit-dates-fixed': say(
    409,
    ({ unit }) =>
      `Ngày hiệu lực của đơn vị ${unit} do một lần sắp xếp đơn vị ấn định, không sửa tay; cần đổi thì lập lần sắp xếp mới.`,
    ({ unit }) => `The dates of unit ${unit} rest on a reorganisation; put them right by a new one.`,
  ),
  'area-place-unknown': say(
    404,
    ({ place }) => `Không có địa bàn mã ${place}.`,
    ({ place }) => `There is no place with code ${place}.`,
  ),
  'inspection-team-unknown': say(
    404,
    ({ team }) => `Không có đoàn kiểm tra mã ${team}.`,
    ({ team }) => `There is no inspection team with code ${team}.`,
  ),
  'team-exists': say(
    409,
    ({ team }) => `Mã đoàn ${team} đã dùng.`,
    ({ team }) => `Team code ${team} is taken.`,
  ),
  'area-move-too-early': say(
    409,
    ({ area, first }) =>
      `${area} đã chuyển đoàn trong thời gian qua; những ngày đã qua giữ nguyên. Ngày chuyển sớm nhất là ${day(first)}.`,
    ({ area, first }) => `${area} has moved before and past days stay as they were. The earliest day is ${day(first)}.`,
  ),
  'area-stays': say(
    409,
    ({ area, team }) => `Từ ngày đó ${area} vẫn thuộc ${team}, không có gì để chuyển.`,
    ({ area, team }) => `From that day ${area} is with ${team} already.`,
  ),
  'area-ended': say(
    409,
    ({ area, day: last }) =>
      `${area} đã kết thúc ngày ${day(last)}. Chọn ngày chuyển trước đó hoặc chuyển đơn vị kế thừa.`,
    ({ area, day: last }) => `${area} ended on ${day(last)}. Choose a day before, or move its successor.`,
  ),
  'source-unknown': say(
    422,
    ({ source }) => `Không có nguồn vốn mã ${source}.`,
    ({ source }) => `There is no funding source with code ${source}.`,
  ),
};
